use crate::report::page::Page;

const WORDS: &str = "<footer><h2>How to read this</h2><p><strong>This is not a diagnosis.</strong> It shows what \
devices, calendars and you yourself recorded. It does not tell whether you are ill or well. If something worries you, \
ask a doctor.</p><dl>\
<div><dt>Usual range<dd>Made from your own past days, not from other people. \"Unusual for you\" means outside this range: \
often a late evening, a hard session, travel or a loose strap, sometimes nothing at all.\
</div><div><dt>Gaps<dd>A day without data is left blank. It is never counted as zero.\
</div><div><dt>Nights<dd>A night belongs to the day you woke up on.\
</div><div><dt>Heart rate variability<dd>RMSSD, in milliseconds. One night says little; the 7-day mean is what is compared. The \
mean is taken over logarithms and shown in milliseconds.\
</div><div><dt>Steps<dd>Several devices are not added up: each moment is taken from one source.\
</div><div><dt>Load<dd>Depends on its method. Compare days of the same method only.\
</div><div><dt>Fitness, fatigue, form<dd>Slow and fast means of load, 42 and 7 days, and yesterday's difference. Days of \
which nothing is known count as usual for their weekday.\
</div><div><dt>Sleep debt<dd>Hours short of your own need, learnt from nights after which nobody had to get up. It fades within about a week.\
</div><div><dt>Energy<dd>A score round your own usual level, 50: 70 is high for you, whatever it is for others.\
</div><div><dt>80 % interval<dd>The true value is expected inside it four times out of five.\
</div><div><dt>Clock changes<dd>On a day of 25 hours the repeated hour is added to the first; on a day of 23 hours the skipped one is blank.\
</div></dl><p class=fine>This page loads nothing from the network. Its numbers stay where the file is.</p></footer>";

/// What the page is not, and how to read it.
pub(crate) fn footer(page: &mut Page<'_>) {
    page.out.push_str(WORDS);
}
