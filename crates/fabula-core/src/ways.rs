//! Ways out and in: what a thing is in, and what is in it, through a fluent that is followed.

use crate::error::Result;
use crate::eval::{fluent, Minds};
use crate::expr::Fluent;
use crate::problem::Problem;
use crate::value::{Entity, Value, UNBOUND};

/// A walk from thing to thing that notices when it goes in circles (Brent's way of finding a cycle).
pub struct Way {
    /// Where it has come to.
    pub here: Entity,
    mark: Entity,
    steps: u32,
    until: u32,
}

impl Way {
    /// A walk that begins here.
    pub fn new(x: Entity) -> Way {
        Way {
            here: x,
            mark: x,
            steps: 0,
            until: 2,
        }
    }

    /// Goes on; false when everything from here on was met before.
    pub fn go(&mut self, next: Entity) -> bool {
        self.here = next;
        if next == self.mark {
            return false;
        }
        self.steps += 1;
        if self.steps == self.until {
            self.mark = next;
            self.steps = 0;
            self.until *= 2;
        }
        true
    }
}

/// Everything whose way out leads to y.
pub fn inside<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    over: Fluent,
    y: Entity,
) -> Result<Vec<Entity>> {
    let mut out = Vec::new();
    if y >= UNBOUND {
        return Ok(out);
    }
    let mut keys = Vec::new();
    let mut open = vec![y];
    while let Some(y) = open.pop() {
        keys.clear();
        m.holders(at, over, Value::Entity(y), &mut keys)?;
        for key in &keys {
            let x = p.arg(*key, 0, 1);
            if !out.contains(&x) {
                out.push(x);
                open.push(x);
            }
        }
    }
    Ok(out)
}

/// Everything on the way out from x.
pub fn around<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    over: Fluent,
    x: Entity,
) -> Result<Vec<Entity>> {
    let mut out = Vec::new();
    let mut here = x;
    while let Value::Entity(next) = fluent(p, m, at, over, &[here])? {
        if out.contains(&next) {
            break;
        }
        out.push(next);
        here = next;
    }
    Ok(out)
}
