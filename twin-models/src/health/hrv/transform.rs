//! The Fourier transform of real numbers, for the one length a spectrum needs.
//!
//! A planner for any length brings all algorithms for lengths that never occur, a fifteenth of the browser's module.

use super::spectrum::NFFT;
use rustfft::algorithm::Radix4;
use rustfft::algorithm::butterflies::Butterfly8;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftDirection};
use std::f64::consts::TAU;
use std::sync::Arc;

/// Plan and memory.
pub(super) struct Transform {
    half: Radix4<f64>,
    /// Half the turns `exp(−2πi k / NFFT)`, `k` from 1.
    turns: Vec<Complex<f64>>,
    pairs: Vec<Complex<f64>>,
    out: Vec<Complex<f64>>,
}

impl Transform {
    /// Plans the transform; keep it for the next.
    pub(super) fn new() -> Self {
        // NFFT / 2 = 8 · 4⁴
        let half = Radix4::new_with_base(4, Arc::new(Butterfly8::new(FftDirection::Forward)));
        let turn = |k: usize| {
            let angle = -TAU * k as f64 / NFFT as f64;
            Complex { re: angle.cos(), im: angle.sin() } * 0.5
        };
        Self {
            half,
            turns: (1..NFFT / 4).map(turn).collect(),
            pairs: vec![Complex::default(); NFFT / 2],
            out: vec![Complex::default(); NFFT / 2 + 1],
        }
    }

    /// The transform of [`NFFT`] numbers, up to half the sampling rate: two neighbours are one complex number of a
    /// transform of half the length, and what comes out is taken apart.
    pub(super) fn of(&mut self, padded: &[f64]) -> Option<&[Complex<f64>]> {
        for (pair, numbers) in self.pairs.iter_mut().zip(padded.chunks_exact(2)) {
            let &[re, im] = numbers else { return None };
            *pair = Complex { re, im };
        }
        let half = self.out.get_mut(..NFFT / 2)?;
        self.half.process_outofplace_with_scratch(&mut self.pairs, half, &mut []);
        let (low, high) = self.out.split_at_mut(NFFT / 4);
        let ((first, low), (last, high)) = (low.split_first_mut()?, high.split_last_mut()?);
        *last = Complex { re: first.re - first.im, im: 0.0 };
        *first = Complex { re: first.re + first.im, im: 0.0 };
        let (middle, high) = high.split_first_mut()?;
        middle.im = -middle.im;
        for ((turn, a), b) in self.turns.iter().zip(low).zip(high.iter_mut().rev()) {
            let (sum, difference) = (*a + *b, *a - *b);
            let re = sum.im * turn.re + difference.re * turn.im;
            let im = sum.im * turn.im - difference.re * turn.re;
            *a = Complex { re: 0.5 * sum.re + re, im: 0.5 * difference.im + im };
            *b = Complex { re: 0.5 * sum.re - re, im: im - 0.5 * difference.im };
        }
        Some(&self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_the_last_bit_what_a_planner_of_any_length_gives() {
        let numbers: Vec<f64> =
            (0..NFFT).map(|i| ((i * i * 7 + i * 3) % 1009) as f64 / 10.0 - 50.0).collect();
        let plan = realfft::RealFftPlanner::new().plan_fft_forward(NFFT);
        let mut expected = plan.make_output_vec();
        plan.process(&mut numbers.clone(), &mut expected).unwrap();
        let mut transform = Transform::new();
        assert_eq!(transform.of(&numbers).unwrap(), expected);
        assert_eq!(transform.of(&numbers).unwrap(), expected, "a second time");
    }
}
