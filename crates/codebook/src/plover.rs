use std::fmt;
use std::str::FromStr;

use crate::UnknownWord;
use crate::words::words;

words! {
    /// The 16 event types of PLOVER 2.0.
    EventType, "PLOVER event type" {
        /// Stated willingness, offer, promise or deal to cooperate later.
        Agree = "AGREE",
        /// Talks, meetings, visits, calls that take place.
        Consult = "CONSULT",
        /// Diplomatic cooperation without material exchange: praise, recognition, signing.
        Support = "SUPPORT",
        /// Verbal concession: easing rules, pardon, apology, declared ceasefire.
        Concede = "CONCEDE",
        /// Material exchange useful to both sides.
        Cooperate = "COOPERATE",
        /// Material help mainly for the recipient.
        Aid = "AID",
        /// Concession with immediate material effect: release, pull-out, resignation.
        Retreat = "RETREAT",
        /// Asks, demands, orders.
        Request = "REQUEST",
        /// Criticism, accusation, charge, investigation.
        Accuse = "ACCUSE",
        /// Refusal, veto, defiance.
        Reject = "REJECT",
        /// Coercive warning with serious consequences.
        Threaten = "THREATEN",
        /// Civilian collective dissent.
        Protest = "PROTEST",
        /// A cut in relations, not only formal sanctions.
        Sanction = "SANCTION",
        /// Armed or police moves short of force.
        Mobilize = "MOBILIZE",
        /// Repression and coercion short of violence.
        Coerce = "COERCE",
        /// Deliberate act that can cause serious physical harm.
        Assault = "ASSAULT",
    }
}

impl EventType {
    /// The quad class of the type. SANCTION is material conflict (the manual's text and summary table; its numeric table differs).
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Quad::MaterialConflict,
        }
    }
}

/// PLOVER's four quad classes, numbered 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// 1
    VerbalCooperation,
    /// 2
    MaterialCooperation,
    /// 3
    VerbalConflict,
    /// 4
    MaterialConflict,
}

impl Quad {
    /// The class number, 1 to 4.
    pub fn number(self) -> u8 {
        match self {
            Self::VerbalCooperation => 1,
            Self::MaterialCooperation => 2,
            Self::VerbalConflict => 3,
            Self::MaterialConflict => 4,
        }
    }
}

words! {
    /// How an event was done. Draft 1.3 names that were merged in 2.0 are read as their successor.
    #[expect(missing_docs, reason = "the words are the codebook's")]
    Mode, "PLOVER mode" {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone",
        Withdraw = "withdraw", Release = "release", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access", Resign = "resign",
        Assist = "assist", Change = "change", Yield = "yield", Meet = "meet",
        Disapprove = "disapprove", Investigate = "investigate", Allege = "allege",
        Restrict = "restrict" | "ban", Arrest = "arrest", Relations = "relations", Expel = "expel", Territory = "territory",
        Violence = "violence",
        Demo = "demo", Riot = "riot", Strike = "strike", Hunger = "hunger", Boycott = "boycott", Obstruct = "obstruct",
        Vandalize = "vandalize",
        Convict = "convict", Discontinue = "discontinue",
        Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia",
        Seize = "seize", Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport", Withhold = "withhold",
        Misinformation = "misinformation", Cyber = "cyber",
        Abduct = "abduct", Beat = "beat", Torture = "torture", Sexual = "sexual",
        Targeted = "targeted" | "execute" | "assassinate" | "massacre", Destroy = "destroy", Primitive = "primitive",
        Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack", Aerial = "aerial", Drone = "drone",
        HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control", Unconventional = "unconventional",
    }
}

words! {
    /// What an event is about: PLOVER's 37 contexts.
    #[expect(missing_docs, reason = "the words are the codebook's")]
    Context, "PLOVER context" {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative",
        Election = "election", PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy" | "democracy",
        ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal", Reparations = "reparations",
        HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security" | "humanitarian", Gender = "gender", Lgbt = "lgbt", ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality", Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping", Health = "health",
        Asylum = "asylum", Migration = "migration", Disasters = "disasters", NaturalResource = "natural_resource",
        Environment = "environment", Technology = "technology", Terrorism = "terrorism", Cbrn = "cbrn", Cyber = "cyber",
        Misinformation = "misinformation", Crime = "crime", Corruption = "corruption", IllegalDrugs = "illegal_drugs",
        Trafficking = "trafficking",
    }
}

words! {
    /// What part of society an actor belongs to.
    Sector, "PLOVER sector" {
        /// Executive, ruling parties.
        Gov = "GOV",
        /// State military.
        Mil = "MIL",
        /// Parliament, lawmakers.
        Leg = "LEG",
        /// Opposition.
        Opp = "OPP",
        /// Armed opposition.
        Reb = "REB",
        /// Unidentified gunmen.
        Uaf = "UAF",
        /// Farmers, peasants.
        Agr = "AGR",
        /// Companies that are not multinational.
        Bus = "BUS",
        /// Criminals, gangs.
        Crm = "CRM",
        /// Civilians, protesters, activists.
        Cvl = "CVL",
        /// Schools, students.
        Edu = "EDU",
        /// Former officials and their families.
        Eli = "ELI",
        /// Media.
        Jrn = "JRN",
        /// Labour.
        Lab = "LAB",
        /// Health.
        Med = "MED",
        /// Refugees, displaced persons.
        Ref = "REF",
        /// Religious bodies.
        Rel = "REL",
        /// Partially recognised state.
        Pre = "PRE",
        /// Police, investigators.
        Cop = "COP",
        /// Courts, judges.
        Jud = "JUD",
        /// Intelligence services.
        Spy = "SPY",
        /// Parties.
        Pty = "PTY",
        /// Pro-government paramilitary.
        Prm = "PRM",
        /// Other civil society.
        Soc = "SOC",
        /// Unidentified people or actors.
        Unk = "UNK",
        /// International governmental body.
        Igo = "IGO",
        /// Non-governmental organisation.
        Ngo = "NGO",
        /// Multinational company.
        Mnc = "MNC",
        /// Cross-border armed group.
        Img = "IMG",
        /// International movement.
        Ism = "ISM",
    }
}

impl Sector {
    /// Whether it is that of bodies that belong to no state.
    pub fn is_international(self) -> bool {
        matches!(self, Self::Igo | Self::Ngo | Self::Mnc | Self::Img)
    }

    /// The role code of CAMEO, in which MED are the media and HLH health; `None` for what CAMEO does not know.
    pub fn cameo(self) -> Option<&'static str> {
        match self {
            Self::Med => Some("HLH"),
            Self::Jrn => Some("MED"),
            Self::Soc => Some("CVL"),
            Self::Pre | Self::Unk => None,
            same => Some(same.word()),
        }
    }
}

/// A CAMEO code of two to four digits, given beside PLOVER for older tools. The leading zero belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cameo {
    digits: [u8; 4],
    len: u8,
}

impl Cameo {
    /// The code as written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.len)]).expect("only ASCII digits are let in")
    }
}

impl FromStr for Cameo {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let root = word.get(..2).and_then(|r| r.parse::<u8>().ok());
        let ok = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) && root.is_some_and(|r| (1..=20).contains(&r));
        if !ok {
            return Err(UnknownWord { kind: "CAMEO code", word: word.to_owned() });
        }
        let mut digits = [0; 4];
        digits[..word.len()].copy_from_slice(word.as_bytes());
        Ok(Self { digits, len: word.len() as u8 })
    }
}

impl fmt::Display for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for t in EventType::ALL {
            assert_eq!(t.word().parse(), Ok(*t));
        }
        for m in Mode::ALL {
            assert_eq!(m.word().parse(), Ok(*m));
        }
        assert_eq!(Context::ALL.len(), 37);
        assert_eq!(EventType::ALL.len(), 16);
        assert_eq!("massacre".parse(), Ok(Mode::Targeted));
        assert!("assault".parse::<EventType>().is_err());
    }

    #[test]
    fn cameo_calls_health_and_media_otherwise() {
        assert_eq!([Sector::Med, Sector::Jrn, Sector::Pre, Sector::Gov].map(Sector::cameo), [Some("HLH"), Some("MED"), None, Some("GOV")]);
    }

    #[test]
    fn cameo_keeps_its_zero() {
        assert_eq!("0871".parse::<Cameo>().unwrap().as_str(), "0871");
        for bad in ["", "1", "00", "21", "12345", "1x", "é1"] {
            assert!(bad.parse::<Cameo>().is_err(), "{bad}");
        }
    }
}
