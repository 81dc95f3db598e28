use crate::attention::AttentionScratch;
use crate::cpu::{Cpu, Level};
use crate::linear::Rounded;
use crate::matrix::Matrix;

/// Memory that is used again from call to call, and the level of instructions. Each thread has its own.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) cpu: Cpu,
    pub(crate) rounded: Rounded,
    pub(crate) attention: AttentionScratch,
    pub(crate) wide: Matrix,
    pub(crate) mixed: Matrix,
    pub(crate) change: Matrix,
}

impl Scratch {
    /// For computing at a level; `None` if this machine does not have it. `Scratch::default()` takes the fastest.
    pub fn at(level: Level) -> Option<Self> {
        Some(Self { cpu: Cpu::new(level)?, ..Self::default() })
    }

    /// The level that is computed at.
    pub fn level(&self) -> Level {
        self.cpu.level()
    }
}
