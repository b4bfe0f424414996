//! A story that goes on from a moment by itself: from how things are, or from how somebody takes them to be.

use rustc_hash::FxHashMap;

use super::stamp::Stamp;
use super::Timeline;
use crate::error::Result;
use crate::value::Entity;

impl Timeline {
    /// A timeline of its own, whose world is the mind that a chain leads to, as it is at a time; what happens in it
    /// from then on touches nothing here.
    ///
    /// Whoever the world belongs to knows everything about it: `belief(b, c) = b`. The minds inside go on as they
    /// were; nothing from further out teaches them any more.
    pub fn imagine(&mut self, time: u32, chain: &[Entity]) -> Result<Timeline> {
        let at = self.at(time, chain)?;
        let mut root = self.nodes[at.node as usize].clone();
        root.children = FxHashMap::default();
        root.parent = None;
        root.cut(Stamp::end(time));
        root.done = Stamp::end(time);
        let steps = self.steps.iter().filter(|(made, _)| *made <= time);
        Ok(Timeline {
            p: self.p.clone(),
            steps: steps.cloned().collect(),
            nodes: vec![root],
            now: time,
            known_to: self.known_to.clone(),
            beliefs: self.beliefs.clone(),
            pulse: None,
            beats: 0,
            defaults: self.defaults.clone(),
        })
    }
}
