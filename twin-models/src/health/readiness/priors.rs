//! Priors of readiness and wellness. Written by `cargo xtask fit readiness`; do not edit.
//!
//! From PMData [thambawita2020], CC BY 4.0: 11 people in training, five months of check-ins and a
//! wrist-worn device. Weights in the order of `KINDS`, then last answer, slow level, mean of all.

use super::prior::Prior;

/// Short hashes of the people who took part, so that an evaluation never meets them unawares.
#[rustfmt::skip]
pub const PEOPLE: &[&str] = &["8114c74d1ade", "06cf404b7104", "b3a5acd8bdbc", "f3de20a1f6a3", "3848b171d787", "f688647986ce", "3d1a96acdbaa", "fb7b1f8666cf", "5c89df939782", "41a06bf76724", "876341b3af5b"];

/// The prior of readiness.
#[rustfmt::skip]
pub const READINESS: Prior = Prior {
    centre: 0.4909,
    spread: 0.1414,
    weights: [0.1292, 0.047, 0.004, 0.0204, -0.0071, -0.0207, 0.0, 0.0, -0.1101, -0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1374, 0.0279, 0.066],
    tau: 0.1,
    noise: 0.6546,
    errors: [0.016, 0.0605, 0.113, 0.1839, 0.2508, 0.3229, 0.3987, 0.4848, 0.5963, 0.7134, 0.8491, 0.989, 1.17, 1.395, 1.8696],
    platt: [1.0445, -0.0949],
};

/// The prior of fatigue.
#[rustfmt::skip]
pub const FATIGUE: Prior = Prior {
    centre: 0.4195,
    spread: 0.1544,
    weights: [0.0788, 0.044, 0.0279, 0.0107, -0.008, 0.0, 0.0, 0.0, -0.0405, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0237, 0.1687, 0.2002],
    tau: 0.1,
    noise: 0.7718,
    errors: [0.0258, 0.0701, 0.1202, 0.1714, 0.2415, 0.3079, 0.3956, 0.5031, 0.6091, 0.7516, 0.9132, 1.0909, 1.2641, 1.5655, 2.138],
    platt: [0.9331, -0.2459],
};

/// The prior of mood.
#[rustfmt::skip]
pub const MOOD: Prior = Prior {
    centre: 0.5268,
    spread: 0.1392,
    weights: [0.0472, 0.0, 0.0436, 0.0094, 0.0, -0.0033, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0112, 0.0777, 0.1216],
    tau: 0.02,
    noise: 0.6464,
    errors: [0.0141, 0.0395, 0.0616, 0.091, 0.1318, 0.1734, 0.2347, 0.3198, 0.4164, 0.5302, 0.6622, 0.8625, 1.1706, 1.5607, 2.2594],
    platt: [1.2394, 0.0853],
};

/// The prior of stress.
#[rustfmt::skip]
pub const STRESS: Prior = Prior {
    centre: 0.464,
    spread: 0.1657,
    weights: [0.0, 0.0027, 0.0307, 0.0068, 0.0, -0.0044, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0053, 0.0151, 0.027],
    tau: 0.04,
    noise: 0.7407,
    errors: [0.0076, 0.0248, 0.0514, 0.0919, 0.1423, 0.2328, 0.314, 0.4315, 0.5576, 0.7105, 0.8783, 1.0663, 1.2885, 1.5449, 2.1833],
    platt: [1.0, -0.148],
};

/// The prior of soreness.
#[rustfmt::skip]
pub const SORENESS: Prior = Prior {
    centre: 0.4539,
    spread: 0.1241,
    weights: [0.0158, 0.0, 0.0004, 0.0259, 0.0, 0.0, 0.0, 0.0, -0.2424, -0.0246, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1819, 0.239, 0.3494],
    tau: 0.07,
    noise: 0.6665,
    errors: [0.0148, 0.0487, 0.0861, 0.1343, 0.194, 0.2673, 0.3471, 0.4399, 0.5335, 0.6649, 0.7924, 0.9629, 1.1649, 1.4596, 2.2478],
    platt: [1.1369, -0.135],
};

/// The prior of sleep quality.
#[rustfmt::skip]
pub const SLEEP_QUALITY: Prior = Prior {
    centre: 0.4916,
    spread: 0.1714,
    weights: [0.0813, 0.0793, 0.0709, 0.0982, -0.0055, 0.0, 0.0, 0.0, -0.0031, -0.0412, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.0143, 0.2357, 0.2306],
    tau: 0.07,
    noise: 0.8592,
    errors: [0.0258, 0.0911, 0.1543, 0.2244, 0.2949, 0.3832, 0.4789, 0.5646, 0.6551, 0.8083, 1.0168, 1.1835, 1.3996, 1.6814, 2.0623],
    platt: [0.9516, -0.2074],
};

/// The prior of readiness with morning.
#[rustfmt::skip]
pub const READINESS_WITH_MORNING: Prior = Prior {
    centre: 0.4909,
    spread: 0.1414,
    weights: [0.0981, 0.0221, 0.0, 0.0128, -0.0084, -0.0215, 0.0, 0.0, -0.0605, -0.0672, 0.0, 0.3118, 0.0698, 0.0, 0.1555, 0.0039, 0.066, 0.0567, 0.0546],
    tau: 0.1,
    noise: 0.5069,
    errors: [0.0129, 0.0564, 0.1107, 0.1699, 0.2367, 0.2884, 0.3706, 0.4457, 0.5187, 0.6168, 0.7264, 0.8542, 0.9932, 1.2252, 1.6536],
    platt: [1.2857, -0.004],
};
