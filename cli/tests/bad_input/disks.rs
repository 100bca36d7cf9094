//! Disks that are full, files that may not be written or read, files of other versions.

use super::tool::{Place, file_of, heart_rates, run, simulated};
use std::path::Path;
use std::process::Command;

/// A small disk of its own; gone at the end.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn new(at: &'a Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let made = Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(at).status();
        made.is_ok_and(|s| s.success()).then_some(Self(at))
    }

    fn again(&self, how: &str) {
        let option = format!("remount,{how}");
        assert!(Command::new("mount").args(["-o", &option]).arg(self.0).status().unwrap().success());
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0).status());
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let place = Place::new();
    let mut files = simulated(&place, 60, &["calendar.ics", ".csv", ".fit"]);
    files.push(heart_rates(&place, 60_000));
    let all: Vec<&str> = files.iter().map(String::as_str).collect();
    let reference = Place::new();
    reference.import(&all).fine();
    let hash = reference.hash();

    let at = place.path("disk");
    let Some(disk) = Disk::new(&at, "size=400k") else {
        println!("skipped: no small disk can be mounted here, so that none was filled");
        return;
    };
    let twin = at.join("a.twin").to_str().unwrap().to_owned();
    let import = |files: &[&str]| {
        let mut args = vec!["import", "--json", "--zone", "Europe/Paris", &twin];
        args.extend(files);
        run(&args)
    };
    let (mut full, mut acknowledged) = (0, Vec::new());
    for size in [400, 600, 900, 1300, 1800] {
        disk.again(&format!("size={size}k"));
        let done = import(&all);
        if done.code != 0 {
            full += 1;
            assert!(done.err.contains("the disk is full"), "{}", done.err);
            assert_eq!(done.error(), "storage");
        }
        // Each line of the answer tells of a file that is in.
        acknowledged.extend(done.json().iter().filter(|t| t["error"].is_null()).map(|t| t["path"].clone()));
    }
    assert!(full > 0, "the disk was never full");
    println!("{full} of 5 imports met a full disk, {} files were acknowledged", acknowledged.len());
    disk.again("size=64m");
    acknowledged.sort_by_key(ToString::to_string);
    acknowledged.dedup();
    for path in &acknowledged {
        let told = import(&[path.as_str().unwrap()]).fine().json();
        assert_eq!(
            (told[0]["events"].as_u64(), told[0]["samples"].as_u64()),
            (Some(0), Some(0)),
            "{path} was lost"
        );
    }
    import(&all).fine();
    let found = run(&["verify", "--json", &twin]).fine().json();
    assert_eq!((found[0]["ok"].as_bool(), found[0]["state_hash"].as_str()), (Some(true), Some(&*hash)));
}

#[test]
fn a_disk_that_may_only_be_read() {
    let place = Place::new();
    let diary = simulated(&place, 20, &["wellness.csv"]);
    let at = place.path("disk");
    let Some(disk) = Disk::new(&at, "size=8m") else {
        println!("skipped: no disk can be mounted here, so that none was read-only");
        return;
    };
    let twin = at.join("a.twin").to_str().unwrap().to_owned();
    run(&["import", "--json", &twin, &diary[0]]).fine();
    let sound = run(&["verify", "--json", &twin]).fine().out;
    disk.again("ro");
    run(&["import", "--json", &twin, &diary[0]]).refused("storage");
    run(&["grant", &twin, "coach", "health"]).refused("storage");
    assert_eq!(run(&["verify", "--json", &twin]).fine().out, sound);
    run(&["state", "--json", &twin]).fine();
    run(&["export", &twin, "-o", at.join("e").to_str().unwrap()]).refused("storage");
    disk.again("rw");
}

#[test]
fn files_of_other_versions_and_damaged_ones() {
    let place = Place::new();
    let diary = simulated(&place, 20, &["wellness.csv"]);
    place.import(&[&diary[0]]).fine();
    let sound = file_of(&place.twin);
    // `PRAGMA user_version` is the big-endian number at byte 60 of the file.
    let mut newer = sound.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&place.twin, &newer).unwrap();
    place.import(&[&diary[0]]).refused("unsupported");
    for verb in ["state", "verify", "export"] {
        run(&[verb, &place.twin]).refused("unsupported");
    }
    assert_eq!(file_of(&place.twin), newer, "a newer file is left alone");
    let mut noticed = 0;
    for n in 0..12_usize {
        let mut bytes = sound.clone();
        let at = 100 + n.wrapping_mul(2_654_435_761) % (bytes.len() - 164);
        bytes[at..at + 64].iter_mut().for_each(|b| *b ^= 0xff);
        std::fs::write(&place.twin, &bytes).unwrap();
        let done = run(&["verify", "--json", &place.twin]);
        noticed += i32::from(done.code == 1);
        let code = done.error();
        assert!(code.is_empty() || ["corrupt", "malformed", "storage"].contains(&code), "{}", done.err);
        for verb in ["state", "export"] {
            assert!([0, 1].contains(&run(&[verb, &place.twin]).code));
        }
    }
    assert!(noticed > 0);
    for length in [1, 50, 100, 5000, 8192, sound.len() / 2] {
        std::fs::write(&place.twin, &sound[..length]).unwrap();
        run(&["verify", &place.twin]).refused("corrupt");
        assert_eq!(
            std::fs::metadata(&place.twin).unwrap().len(),
            length as u64,
            "a damaged file is left alone"
        );
    }
}

#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let file = place.write("secret.csv", "x");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&file).is_ok() {
        println!("skipped: this user may read anything");
        return;
    }
    place.import(&[&file]).refused("storage");
}
