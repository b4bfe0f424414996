//! A compiled problem: kinds, things, fluents, actions, triggers and utilities, with the builder that checks them.

use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use crate::effects::part;
use crate::error::{Error, Result};
use crate::expr::{Effect, Expr, Fluent, Kind};
use crate::index::TriggerIndex;
use crate::join::{Query, CHARACTERS};
use crate::value::{Entity, Key, Value};
use crate::wide::Wide;

/// A thing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntityDef {
    /// Its name, for error texts.
    pub name: String,
    /// Its kinds, closed upward.
    pub kinds: Vec<Kind>,
    /// Whether it has a mind.
    pub character: bool,
}

/// A fluent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FluentDef {
    /// Its name, for error texts.
    pub name: Arc<str>,
    /// The kinds of its arguments.
    pub params: Arc<[Kind]>,
    /// The value where nothing was set.
    pub default: Value,
    /// Who knows an initial value: arguments, then the observer; None is everybody.
    pub known: Option<Arc<Expr>>,
    /// For a derived fluent: the fluent that it follows outward and the kind at which it stops.
    pub derived: Option<(Fluent, Kind)>,
    /// Whether "set to the default" differs from "never set".
    pub keeps: bool,
    /// Things of this kind lie, through this fluent, only in things of this kind.
    pub encloses: Option<Kind>,
}

/// An action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Action {
    /// Its name, for error texts.
    pub name: String,
    /// The kinds of its parameters.
    pub params: Vec<Kind>,
    /// What must hold.
    pub precondition: Expr,
    /// What it does.
    pub effects: Vec<Effect>,
    /// What it does besides making others believe something.
    pub(crate) facts: Vec<Effect>,
    /// What it makes others believe.
    pub(crate) beliefs: Vec<Effect>,
    /// The characters who must want it.
    pub consenting: Vec<Expr>,
    /// Who takes it in: parameters, then the observer; None is everybody.
    pub observes: Option<Expr>,
    /// The action that outsiders take it for.
    pub appears_as: Option<u32>,
    /// The characters who are not taken in.
    pub insiders: Vec<Expr>,
    /// The precondition prepared for finding bindings.
    pub query: Query,
    /// The condition of observing prepared for finding observers.
    pub watch: Query,
}

/// A trigger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trigger {
    /// Its name, for error texts.
    pub name: String,
    /// The kinds of its parameters.
    pub params: Vec<Kind>,
    /// What must hold.
    pub precondition: Expr,
    /// What it does.
    pub effects: Vec<Effect>,
    /// The precondition prepared for finding bindings.
    pub query: Query,
    /// Whether it looks into minds, so that changes in them matter to it.
    pub believing: bool,
}

/// The parts of an action as the builder takes them.
#[derive(Clone, Debug, Default)]
pub struct ActionParts {
    /// See [`Action::params`].
    pub params: Vec<Kind>,
    /// See [`Action::precondition`]; None is always.
    pub precondition: Option<Expr>,
    /// See [`Action::effects`].
    pub effects: Vec<Effect>,
    /// See [`Action::consenting`].
    pub consenting: Vec<Expr>,
    /// See [`Action::observes`].
    pub observes: Option<Expr>,
    /// See [`Action::appears_as`].
    pub appears_as: Option<u32>,
    /// See [`Action::insiders`].
    pub insiders: Vec<Expr>,
}

/// A problem.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Problem {
    /// Whether what is not said is unknown (three-valued) and not false.
    pub open_world: bool,
    pub(crate) kinds: Vec<Arc<str>>,
    pub(crate) members: Vec<Vec<Entity>>,
    pub(crate) is: Vec<Vec<bool>>,
    pub(crate) entities: Vec<EntityDef>,
    pub(crate) characters: Vec<Entity>,
    pub(crate) fluents: Vec<FluentDef>,
    pub(crate) actions: Vec<Arc<Action>>,
    pub(crate) triggers: Vec<Arc<Trigger>>,
    pub(crate) utilities: Vec<(Option<Entity>, Expr)>,
    pub(crate) appearance: Option<Fluent>,
    pub(crate) bits: u32,
    pub(crate) wide: Wide,
    pub(crate) slots: Arc<AtomicUsize>,
    pub(crate) index: Arc<TriggerIndex>,
    sealed: bool,
}

impl Problem {
    /// An empty problem.
    pub fn new(open_world: bool) -> Problem {
        Problem {
            open_world,
            ..Problem::default()
        }
    }

    pub(crate) fn change(&self) -> Result<()> {
        if self.sealed {
            Err(Error::Sealed)
        } else {
            Ok(())
        }
    }

    /// Adds a kind.
    pub fn kind(&mut self, name: &str) -> Result<Kind> {
        self.change()?;
        self.kinds.push(name.into());
        self.members.push(Vec::new());
        self.is.push(Vec::new());
        Ok(self.kinds.len() as Kind - 1)
    }

    /// Adds a thing; `kinds` are all its kinds, closed upward.
    pub fn entity(&mut self, name: &str, kinds: &[Kind], character: bool) -> Result<Entity> {
        self.change()?;
        let entity = self.entities.len() as Entity;
        for &kind in kinds {
            self.check_kind(kind, name)?;
        }
        for &kind in kinds {
            // a row is as long as its last member needs it: of thousands of kinds a thing has a few
            let row = &mut self.is[kind as usize];
            row.resize(row.len().max(entity as usize + 1), false);
            if !std::mem::replace(&mut row[entity as usize], true) {
                self.members[kind as usize].push(entity);
            }
        }
        if character {
            self.characters.push(entity);
        }
        self.entities.push(EntityDef {
            name: name.to_owned(),
            kinds: kinds.to_vec(),
            character,
        });
        Ok(entity)
    }

    /// Adds a fluent.
    pub fn fluent(
        &mut self,
        name: &str,
        params: &[Kind],
        default: Value,
        known: Option<Expr>,
    ) -> Result<Fluent> {
        self.change()?;
        for &kind in params {
            self.check_kind(kind, name)?;
        }
        if let Some(known) = &known {
            let scope = self.scope(params.len() + 1, name)?;
            self.check_expr(known, scope, name)?;
            if known.has_belief() {
                return Err(Error::Problem(format!(
                    "{name}: who knows it cannot depend on beliefs"
                )));
            }
        }
        if self.fluents.len() >= Key::FLUENTS {
            return Err(Error::Problem(format!(
                "more than {} fluents",
                Key::FLUENTS
            )));
        }
        self.fluents.push(FluentDef {
            name: name.into(),
            params: params.into(),
            default,
            known: known.map(Arc::new),
            derived: None,
            keeps: false,
            encloses: None,
        });
        Ok(self.fluents.len() as Fluent - 1)
    }

    /// Adds a derived fluent: the nearest of `over(x)`, `over(over(x))`, … that is of kind `until`.
    pub fn derived(&mut self, name: &str, over: Fluent, until: Kind) -> Result<Fluent> {
        self.change()?;
        self.check_kind(until, name)?;
        self.check_chain(over, name)?;
        let params = self.fluents[over as usize].params.clone();
        let fluent = self.fluent(name, &params, Value::Unknown, None)?;
        self.fluents[fluent as usize].derived = Some((over, until));
        Ok(fluent)
    }

    /// Says that things of a kind lie, through a fluent, only in things of that kind (places are not in pockets).
    pub fn enclosing(&mut self, fluent: Fluent, kind: Kind) -> Result<()> {
        self.change()?;
        self.check_kind(kind, "enclosing")?;
        self.check_chain(fluent, "enclosing")?;
        self.fluents[fluent as usize].encloses = Some(kind);
        Ok(())
    }

    /// Adds an action.
    pub fn action(&mut self, name: &str, parts: ActionParts) -> Result<u32> {
        self.change()?;
        let action = self.make_action(name, parts)?;
        self.mark_told(&action.effects);
        self.actions.push(Arc::new(action));
        Ok(self.actions.len() as u32 - 1)
    }

    /// The problem as bytes, for [`Problem::restore`].
    pub fn save(&self) -> Result<Vec<u8>> {
        postcard::to_stdvec(self).map_err(|e| Error::Problem(format!("cannot be saved: {e}")))
    }

    /// What [`Problem::save`] gave. The bytes have to be those: only their form is checked.
    pub fn restore(bytes: &[u8]) -> Result<Problem> {
        postcard::from_bytes(bytes).map_err(|e| Error::Problem(format!("cannot be restored: {e}")))
    }

    /// An action for this problem and all its forks, without adding it to any.
    pub fn prepare(&self, name: &str, parts: ActionParts) -> Result<Arc<Action>> {
        Ok(Arc::new(self.make_action(name, parts)?))
    }

    /// Adds an action that was prepared for this problem or for one that this one was forked from.
    pub fn adopt(&mut self, action: Arc<Action>, slots: usize) -> Result<u32> {
        self.change()?;
        self.slots.fetch_max(slots, Ordering::Relaxed);
        self.mark_told(&action.effects);
        self.actions.push(action);
        Ok(self.actions.len() as u32 - 1)
    }

    /// How many variables there may be at once, in anything that was prepared so far.
    pub fn slots(&self) -> usize {
        self.slots.load(Ordering::Relaxed)
    }

    /// Checks and prepares an action without adding it.
    pub(crate) fn make_action(&self, name: &str, parts: ActionParts) -> Result<Action> {
        let scope = self.scope(parts.params.len(), name)?;
        let observing = self.scope(parts.params.len() + 1, name)?;
        for &kind in &parts.params {
            self.check_kind(kind, name)?;
        }
        let precondition = parts.precondition.unwrap_or(Expr::Const(Value::Bool(true)));
        self.check_expr(&precondition, scope, name)?;
        for expr in parts.consenting.iter().chain(&parts.insiders) {
            self.check_expr(expr, scope, name)?;
        }
        if let Some(observes) = &parts.observes {
            self.check_expr(observes, observing, name)?;
        }
        self.check_effects(&parts.effects, scope, name)?;
        if let Some(other) = parts.appears_as {
            let other = self.actions.get(other as usize);
            if other.is_none_or(|o| o.params.len() != parts.params.len()) {
                return Err(Error::Problem(format!(
                    "{name}: appears_as names no action with as many parameters"
                )));
            }
        }
        let query = Query::new(&parts.params, &precondition);
        let watching = [&parts.params[..], &[CHARACTERS]].concat();
        let watch = Query::new(
            &watching,
            parts
                .observes
                .as_ref()
                .unwrap_or(&Expr::Const(Value::Bool(true))),
        );
        Ok(Action {
            name: name.to_owned(),
            params: parts.params,
            precondition,
            facts: part(&parts.effects, false),
            beliefs: part(&parts.effects, true),
            effects: parts.effects,
            consenting: parts.consenting,
            observes: parts.observes,
            appears_as: parts.appears_as,
            insiders: parts.insiders,
            query,
            watch,
        })
    }

    /// Names the fluent that says whom a thing looks like.
    pub fn appearance(&mut self, fluent: Fluent) -> Result<()> {
        self.change()?;
        self.check_chain(fluent, "appearance")?;
        self.fluents[fluent as usize].keeps = true;
        self.appearance = Some(fluent);
        Ok(())
    }

    /// Adds a trigger.
    pub fn trigger(
        &mut self,
        name: &str,
        params: &[Kind],
        precondition: Option<Expr>,
        effects: Vec<Effect>,
    ) -> Result<u32> {
        self.change()?;
        let scope = self.scope(params.len(), name)?;
        for &kind in params {
            self.check_kind(kind, name)?;
        }
        let precondition = precondition.unwrap_or(Expr::Const(Value::Bool(true)));
        self.check_expr(&precondition, scope, name)?;
        self.check_effects(&effects, scope, name)?;
        self.mark_told(&effects);
        let query = Query::new(params, &precondition);
        let believing = precondition.has_belief() || crate::index::effects_believe(&effects);
        self.triggers.push(Arc::new(Trigger {
            name: name.to_owned(),
            params: params.to_vec(),
            precondition,
            effects,
            query,
            believing,
        }));
        Ok(self.triggers.len() as u32 - 1)
    }

    /// Sets the utility of a character, or of the author (None).
    pub fn utility(&mut self, character: Option<Entity>, expr: Expr) -> Result<()> {
        self.change()?;
        let scope = self.scope(0, "utility")?;
        self.check_expr(&expr, scope, "utility")?;
        if let Some(c) = character {
            if !self.entities.get(c as usize).is_some_and(|e| e.character) {
                return Err(Error::Problem(format!("utility: {c} is not a character")));
            }
        }
        self.utilities.retain(|(of, _)| *of != character);
        self.utilities.push((character, expr));
        Ok(())
    }

    /// Closes the problem to changes and returns the form that timelines and universes use.
    pub fn seal(&mut self) -> Result<Problem> {
        let count = self.entities.len().max(2) as u32;
        self.bits = 32 - (count - 1).leading_zeros();
        self.index_triggers();
        self.sealed = true;
        Ok(self.clone())
    }

    /// The same problem so far, which goes on by itself: what many stories share is checked and prepared once.
    pub fn fork(&mut self) -> Result<Problem> {
        self.change()?;
        self.index_triggers();
        Ok(Problem {
            // what is numbered and counted from here on is the fork's own
            wide: Wide::default(),
            slots: Arc::new(AtomicUsize::new(self.slots.load(Ordering::Relaxed))),
            ..self.clone()
        })
    }

    fn index_triggers(&mut self) {
        let mut index = std::mem::take(&mut self.index);
        if index.covers(self) {
            self.index = index;
            return;
        }
        Arc::make_mut(&mut index).extend(self);
        self.index = index;
    }
}
