//! HealthKit's unit texts to the catalogue's units.

/// `value * mul / div + add` takes a value to the wanted unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Conversion {
    mul: f64,
    div: f64,
    add: f64,
}

impl Conversion {
    /// Leaves values as they are.
    pub(super) const SAME: Self = Self { mul: 1.0, div: 1.0, add: 0.0 };
    /// HealthKit writes percentages as fractions.
    pub(super) const PERCENT: Self = Self { mul: 100.0, ..Self::SAME };

    #[inline]
    pub(super) fn of(self, value: f64) -> f64 {
        value * self.mul / self.div + self.add
    }

    /// From HealthKit's text to a unit of the catalogue; `None` when they measure different things.
    pub(super) fn between(from: &str, to: &str) -> Option<Self> {
        if let Some(temperature) = temperature(from, to) {
            return Some(temperature);
        }
        match (from, to) {
            ("%", "%") => return Some(Self::PERCENT),
            (_, "%") => return None,
            // A body mass index has no unit there.
            ("count", "kg/m2") => return Some(Self::SAME),
            _ => {}
        }
        let (a, b) = (Unit::parse(from)?, Unit::parse(to)?);
        if a.dims != b.dims {
            return None;
        }
        let (up, down) = (a.factor / b.factor, b.factor / a.factor);
        Some(if down.fract() == 0.0 {
            Self { div: down, ..Self::SAME }
        } else if up.fract() == 0.0 {
            Self { mul: up, ..Self::SAME }
        } else {
            Self { mul: a.factor, div: b.factor, add: 0.0 }
        })
    }

    /// What is done to a vendor's own metric: nothing, but percent are made percent.
    pub(super) fn own(unit: &str) -> Self {
        if unit == "%" { Self::PERCENT } else { Self::SAME }
    }
}

fn temperature(from: &str, to: &str) -> Option<Conversion> {
    match (from, to) {
        ("degC", "Cel") => Some(Conversion::SAME),
        ("degF", "Cel") => Some(Conversion { mul: 5.0, div: 9.0, add: -160.0 / 9.0 }),
        ("K", "Cel") => Some(Conversion { add: -273.15, ..Conversion::SAME }),
        _ => None,
    }
}

/// Powers of: length, mass, time, volume, energy, pressure, conductance, power, sound level, voltage.
type Dims = [i8; 10];

#[derive(Clone, Copy, Debug, PartialEq)]
struct Unit {
    dims: Dims,
    /// How many metres, grams, seconds, millilitres, joules, mmHg, microsiemens, watts … it is.
    factor: f64,
}

impl Unit {
    /// Parses `mL/min·kg`, `mL/(kg*min)`, `mL/min/kg`: all after the first slash divides.
    fn parse(text: &str) -> Option<Self> {
        let mut all = Self { dims: [0; 10], factor: 1.0 };
        for (i, side) in text.split('/').enumerate() {
            for token in
                side.split(['·', '*']).map(|t| t.trim_matches(['(', ')', ' '])).filter(|t| !t.is_empty())
            {
                let one = Self::token(token)?;
                let sign = if i == 0 { 1 } else { -1 };
                for (sum, power) in all.dims.iter_mut().zip(one.dims) {
                    *sum = sum.checked_add(power * sign)?;
                }
                if i == 0 { all.factor *= one.factor } else { all.factor /= one.factor }
            }
        }
        Some(all)
    }

    fn token(token: &str) -> Option<Self> {
        if token.starts_with('{') && token.ends_with('}') {
            return Some(Self { dims: [0; 10], factor: 1.0 });
        }
        // An amount of substance with its molar mass: `mmol<180.15588>` is so many grams.
        if let Some((prefix, mass)) = token.strip_suffix('>').and_then(|t| t.split_once("mol<")) {
            let scale = match prefix {
                "" => 1.0,
                "m" => 1e-3,
                "mc" | "u" => 1e-6,
                _ => return None,
            };
            let mass: f64 = mass.parse().ok().filter(|m: &f64| m.is_finite() && *m > 0.0)?;
            return Some(Self { dims: axis(1), factor: scale * mass });
        }
        let (at, factor) = match token {
            "1" | "count" | "appleEffortScore" => return Some(Self { dims: [0; 10], factor: 1.0 }),
            "m2" => return Some(Self { dims: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], factor: 1.0 }),
            "m" => (0, 1.0),
            "km" => (0, 1000.0),
            "cm" => (0, 0.01),
            "mm" => (0, 0.001),
            "in" => (0, 0.0254),
            "ft" => (0, 0.3048),
            "yd" => (0, 0.9144),
            "mi" => (0, 1609.344),
            "g" => (1, 1.0),
            "kg" => (1, 1000.0),
            "mg" => (1, 1e-3),
            "mcg" | "ug" => (1, 1e-6),
            "lb" => (1, 453.592_37),
            "oz" => (1, 28.349_523_125),
            "st" => (1, 6_350.293_18),
            "s" => (2, 1.0),
            "ms" => (2, 0.001),
            "min" => (2, 60.0),
            "hr" | "h" => (2, 3600.0),
            "d" => (2, 86_400.0),
            "mL" => (3, 1.0),
            "cL" => (3, 10.0),
            "dL" => (3, 100.0),
            "L" | "l" => (3, 1000.0),
            "fl_oz_us" => (3, 29.573_529_562_5),
            "fl_oz_imp" => (3, 28.413_062_5),
            "cup_us" => (3, 236.588_236_5),
            "cup_imp" => (3, 284.130_625),
            "pt_us" => (3, 473.176_473),
            "pt_imp" => (3, 568.261_25),
            // Health writes food energy both ways; a small calorie is `cal`.
            "kcal" | "Cal" => (4, 4184.0),
            "cal" => (4, 4.184),
            "kJ" => (4, 1000.0),
            "J" => (4, 1.0),
            "mmHg" | "mm[Hg]" => (5, 1.0),
            "kPa" => (5, 7.500_615_758_456_566),
            "cmAq" => (5, 0.735_559_240_069_295),
            "inHg" => (5, 25.4),
            "mcS" | "uS" => (6, 1.0),
            "mS" => (6, 1000.0),
            "S" => (6, 1e6),
            "W" => (7, 1.0),
            "kW" => (7, 1000.0),
            "dBASPL" | "dB[SPL]" => (8, 1.0),
            "V" => (9, 1e6),
            "mV" => (9, 1000.0),
            "uV" | "µV" | "μV" | "mcV" => (9, 1.0),
            _ => return None,
        };
        Some(Self { dims: axis(at), factor })
    }
}

fn axis(at: usize) -> Dims {
    let mut dims = [0; 10];
    if let Some(power) = dims.get_mut(at) {
        *power = 1;
    }
    dims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, from: &str, to: &str, expected: f64) {
        let got = Conversion::between(from, to).unwrap_or_else(|| panic!("{from} to {to}")).of(value);
        assert!(
            (got - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
            "{value} {from} is {got} {to}, not {expected}"
        );
    }

    #[test]
    fn known_conversions() {
        check(72.0, "count/min", "/min", 72.0);
        check(1.2, "count/s", "/min", 72.0);
        check(1.0, "mi", "m", 1609.344);
        check(0.00288, "km", "m", 2.88);
        check(154.0, "lb", "kg", 69.853_224_98);
        check(11.0, "st", "kg", 69.853_224_98);
        check(6.0, "ft", "m", 1.8288);
        check(1000.0, "kJ", "kcal", 239.005_736_137_667_3);
        check(120.0, "Cal", "kcal", 120.0);
        check(98.6, "degF", "Cel", 37.0);
        check(310.15, "K", "Cel", 37.0);
        check(0.97, "%", "%", 97.0);
        check(5.5, "mmol<180.1558800000541>/L", "mg/dL", 99.085_734);
        check(90.0, "mg/dL", "mg/dL", 90.0);
        check(42.5, "mL/min·kg", "mL/min/kg", 42.5);
        check(42.5, "mL/(kg*min)", "mL/min/kg", 42.5);
        check(3.5, "kcal/hr·kg", "kcal/h/kg", 3.5);
        check(16.0, "fl_oz_us", "mL", 473.176_473);
        check(480.0, "L/min", "L/min", 480.0);
        check(36.0, "km/hr", "m/s", 10.0);
        check(90.0, "s", "min", 1.5);
        check(2.0, "hr", "min", 120.0);
        check(16.0, "kPa", "mm[Hg]", 120.009_852_135);
        check(120.0, "mmHg", "mm[Hg]", 120.0);
        check(71.2, "dBASPL", "dB[SPL]", 71.2);
        check(3.0, "mcS", "uS", 3.0);
        check(23.0, "count", "kg/m2", 23.0);
        check(7.0, "appleEffortScore", "1", 7.0);
        check(12.0, "count", "{step}", 12.0);
        check(0.5, "g", "mg", 500.0);
    }

    #[test]
    fn what_does_not_fit_is_not_converted() {
        for (from, to) in [
            ("kg", "m"),
            ("mmol/L", "mg/dL"),
            ("mmol<x>/L", "mg/dL"),
            ("count", "%"),
            ("furlong", "m"),
            ("dBHL", "dB[SPL]"),
            ("", "kg"),
        ] {
            assert_eq!(Conversion::between(from, to), None, "{from} to {to}");
        }
    }

    #[test]
    fn every_numeric_healthkit_metric_has_a_unit_that_is_understood() {
        for metric in twin_core::catalogue::Metric::all() {
            if metric.healthkit.starts_with("HKQuantityType") {
                assert!(
                    Unit::parse(metric.unit).is_some() || matches!(metric.unit, "%" | "Cel"),
                    "{}",
                    metric.id
                );
            }
        }
    }

    #[test]
    fn equal_units_change_no_bit() {
        for (from, to) in [
            ("kg", "kg"),
            ("kcal", "kcal"),
            ("mg/dL", "mg/dL"),
            ("count/min", "/min"),
            ("mL/min·kg", "mL/min/kg"),
        ] {
            assert_eq!(Conversion::between(from, to).unwrap().of(70.1), 70.1, "{from}");
        }
    }
}
