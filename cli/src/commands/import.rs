//! `import`.

use super::{machine_zone, open};
use crate::args::ImportArgs;
use crate::print;
use humantwin::{Code, Error, ImportOptions, ImportView, Twin};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub(crate) fn run(args: &ImportArgs) -> Result<ExitCode, Error> {
    let files = expand(&args.files)?;
    let mapping = args.mapping.as_ref().map(|path| {
        std::fs::read_to_string(path).map_err(|e| {
            let code =
                if e.kind() == std::io::ErrorKind::NotFound { Code::NotFound } else { Code::Malformed };
            Error::new(code, format!("cannot be read: {}", e.kind())).within(path.to_string_lossy().as_ref())
        })
    });
    let mapping = mapping.transpose()?;
    let twin = open(&args.twin, true)?;
    let options = ImportOptions {
        zone: args.zone.clone().or_else(|| machine_zone().1),
        subject: args.subject.clone(),
        mapping,
        consent: args.consent,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    // Without a handler an interrupt ends the process; what was acknowledged is kept then, too.
    drop(ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed)));
    let mut failed = 0;
    for file in &files {
        let view = one(&twin, file, &options, &stop, !args.json);
        match view {
            Ok(view) => {
                failed += u32::from(view.error.is_some() && !view.interrupted);
                if args.json {
                    print::json(&view)?
                } else {
                    tell(&view)
                }
                if let Some(error) = &view.error {
                    print::carried(error);
                }
                if view.interrupted {
                    print::note("stopped; what was read is kept. Import the file again to go on");
                    return Ok(ExitCode::FAILURE);
                }
            }
            Err(error) if matches!(error.code, Code::Malformed | Code::Unsupported | Code::NotFound) => {
                failed += 1;
                if args.json {
                    print::json(&unread(file, &error))?;
                }
                print::error(&error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Imports one file with a progress bar.
pub(crate) fn one(
    twin: &Twin,
    path: &Path,
    options: &ImportOptions,
    stop: &AtomicBool,
    bar: bool,
) -> Result<ImportView, Error> {
    let name = path.to_string_lossy();
    let open = |e: std::io::Error| {
        let code = if e.kind() == std::io::ErrorKind::NotFound { Code::NotFound } else { Code::Storage };
        Error::new(code, format!("cannot be opened: {}", e.kind())).within(name.as_ref())
    };
    let file = std::fs::File::open(path).map_err(open)?;
    let size = file.metadata().map_err(open)?.len();
    let place = Arc::new(AtomicU64::new(0));
    let mut file = Watched { file, place: Arc::clone(&place) };
    let target =
        if bar && size > 4 << 20 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let progress = ProgressBar::with_draw_target(Some(size), target);
    let template = "{msg} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        progress.set_style(style);
    }
    progress.set_message(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let mut step = |_: u64| {
        progress.set_position(place.load(Ordering::Relaxed));
        !stop.load(Ordering::Relaxed)
    };
    let view = twin.import(&name, &mut file, options, Some(&mut step));
    progress.finish_and_clear();
    view
}

/// A file that tells how far it has been read, also where what it holds is compressed.
struct Watched {
    file: std::fs::File,
    place: Arc<AtomicU64>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.place.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let place = self.file.seek(to)?;
        self.place.store(place, Ordering::Relaxed);
        Ok(place)
    }
}

fn tell(view: &ImportView) {
    let format = view.format.as_deref().unwrap_or("in part");
    let again =
        if view.duplicates > 0 { format!(", {} there already", view.duplicates) } else { String::new() };
    print::line(format_args!(
        "{} ({format}): {} events, {} samples{again}",
        view.path, view.events, view.samples
    ));
    for r in &view.refused {
        print::line(format_args!("  refused {} × {} {}: {}", r.count, r.code, r.subject, r.example));
    }
    for w in &view.warnings {
        print::line(format_args!("  note {}: {}", w.code, w.message));
    }
    if view.error.is_some() && !view.interrupted {
        print::line("  read up to the damage; what precedes it is kept");
    }
}

fn unread(path: &Path, error: &Error) -> ImportView {
    ImportView {
        path: path.to_string_lossy().into_owned(),
        format: None,
        events: 0,
        observations: 0,
        samples: 0,
        duplicates: 0,
        duplicate_samples: 0,
        refused: Vec::new(),
        warnings: Vec::new(),
        interrupted: false,
        error: Some(format!("{}: {}", error.code, error.message)),
    }
}

/// Folders stand for the files in them, in order of name.
fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unread = |e: std::io::Error| {
            Error::new(Code::Storage, format!("`{}` cannot be listed: {}", path.display(), e.kind()))
        };
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unread)? {
            inside.push(entry.map_err(unread)?.path());
        }
        inside.sort();
        files.extend(expand(&inside)?);
    }
    Ok(files)
}
