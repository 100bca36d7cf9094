//! Simulated people for humantwin: a seed becomes a person, the person lives days, and the days
//! come out twice, as [`Truth`] and as the files that real devices and tools would have written.
//!
//! ```
//! use twin_testkit::{Person, SimOptions};
//!
//! let world = Person::simulate(1, &SimOptions::with_days(7))?;
//! let files = world.write_files();
//! assert!(files.iter().any(|(name, bytes)| name == "calendar.ics" && bytes.starts_with(b"BEGIN:VCALENDAR")));
//! let truth = world.truth();
//! assert!(truth.days.iter().all(|day| day.steps > 0 && day.sleep.tst_min > 0.0));
//! # Ok::<(), twin_core::Error>(())
//! ```
//!
//! Words used here:
//! - *true* is what happened; *seen* is what a device made of it, with its error and its gaps;
//! - the *watch* is worn day and night but for its gaps, the *phone* counts only while carried, the
//!   *strap* is worn in some sessions;
//! - a *day* counts from 0 and is a civil day in the zone lived in: 23 hours in spring, 30 on a flight west.
//!
//! What this crate does not do: it reads no clock, file or environment; its people are invented and no
//! model of physiology, so a model's quality on them says nothing about its quality on real people.

mod apple;
mod body;
mod calendar;
mod check_in;
mod draws;
mod episodes;
pub mod faults;
mod files;
mod fit;
mod heart;
mod ics;
mod night;
mod options;
mod person;
mod places;
mod session;
pub mod simulation;
pub mod spec;
mod stamp;
mod steps;
pub mod store_suite;
mod tables;
mod truth;
mod worker;
mod world;

pub use apple::{write_apple_export, write_apple_export_from};
pub use body::BodyDay;
pub use calendar::{Calendar, Override, Series, Single, Standing};
pub use check_in::CheckIn;
pub use episodes::Episodes;
pub use fit::{FitOptions, fit_crc};
pub use heart::HeartSample;
pub use night::{Night, Stage};
pub use options::SimOptions;
pub use person::Person;
pub use places::{Flight, Places};
pub use session::{Second, Session, Shape, Sport};
pub use steps::{PHONE_SHORTFALL, StepMinute, WATCH_ERROR};
pub use truth::{DayTruth, Gap, SleepTruth, Truth};
pub use worker::{WorkOptions, write_work};
pub use world::World;
