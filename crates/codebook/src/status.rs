use crate::words::words;

words! {
    /// How far a happening has come.
    Phase, "phase" {
        /// Intended or announced, no date.
        Planned = "planned",
        /// Announced for a date.
        Scheduled = "scheduled",
        /// Tried, without the result.
        Attempted = "attempted",
        /// Under way.
        Ongoing = "ongoing",
        /// Happened.
        Occurred = "occurred",
        /// Put off to later.
        Postponed = "postponed",
        /// Stopped for the time being.
        Suspended = "suspended",
        /// Taken up again.
        Resumed = "resumed",
        /// Called off.
        Cancelled = "cancelled",
        /// Brought to its end.
        Completed = "completed",
    }
}

words! {
    /// How the report stands to a happening.
    Assertion, "assertion" {
        /// Told as fact.
        Asserted = "asserted",
        /// Told as somebody's unproven word.
        Alleged = "alleged",
        /// A source denies it.
        Denied = "denied",
        /// Told as possible, conditional, demanded or threatened.
        Hypothetical = "hypothetical",
        /// The report says that it did not happen.
        Negated = "negated",
    }
}

words! {
    /// The states of a followed process.
    #[expect(missing_docs, reason = "the words say it")]
    ProcessStatus, "process status" {
        Proposed = "proposed", Negotiated = "negotiated", Agreed = "agreed", Announced = "announced", Scheduled = "scheduled",
        Postponed = "postponed", Suspended = "suspended", Resumed = "resumed", Underway = "underway", Completed = "completed",
        Cancelled = "cancelled", Rejected = "rejected", Overdue = "overdue",
    }
}

words! {
    /// What a source does by speaking, as its cue tells it.
    #[expect(missing_docs, reason = "the words say it")]
    Stance, "stance" {
        Says = "says", Denies = "denies", Confirms = "confirms", Accuses = "accuses", Warns = "warns", Threatens = "threatens",
        Promises = "promises", Demands = "demands", Asks = "asks", Claims = "claims", Announces = "announces", Admits = "admits",
        Praises = "praises", Condemns = "condemns", Rejects = "rejects", Suggests = "suggests", Hopes = "hopes", Believes = "believes",
        Calls = "calls", Reports = "reports", Explains = "explains", Stresses = "stresses", Adds = "adds", Agrees = "agrees",
        Insists = "insists", Recalls = "recalls",
    }
}

words! {
    /// How a statement's words are given.
    Manner, "manner" {
        /// Wholly within quotation marks.
        Direct = "direct",
        /// Partly within quotation marks.
        Mixed = "mixed",
        /// In the reporter's words.
        Indirect = "indirect",
    }
}

words! {
    /// What sort of thing an entity is.
    #[expect(missing_docs, reason = "the words say it")]
    EntityKind, "entity kind" {
        Person = "person", Organization = "organization", State = "state", Group = "group", Place = "place", Other = "other",
    }
}

words! {
    /// How a mention names its entity.
    #[expect(missing_docs, reason = "the words say it")]
    MentionForm, "mention form" { Name = "name", Nominal = "nominal", Pronoun = "pronoun" }
}

words! {
    /// TIMEX3 types.
    #[expect(missing_docs, reason = "the words say it")]
    TimeType, "TIMEX3 type" { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

words! {
    /// How finely a time is told: the unit of the calendar that the words name.
    #[expect(missing_docs, reason = "the words say it")]
    TimeGrain, "grain of a time" {
        Minute = "minute", Hour = "hour", Part = "part_of_day", Day = "day", Weekend = "weekend", Week = "week", Month = "month",
        Quarter = "quarter", Season = "season", Half = "half", Year = "year", Decade = "decade", Century = "century",
    }
}

words! {
    /// The modifiers of TIMEX3: which part of a period is meant, or how a length is bounded.
    #[expect(missing_docs, reason = "the words say it")]
    TimeMod, "TIMEX3 modifier" {
        Start = "START", Mid = "MID", End = "END", Approx = "APPROX", MoreThan = "MORE_THAN", LessThan = "LESS_THAN",
        EqualOrMore = "EQUAL_OR_MORE", EqualOrLess = "EQUAL_OR_LESS",
    }
}

words! {
    /// Parts of the day, in the letters of TIMEX3.
    #[expect(missing_docs, reason = "the words say it")]
    DayPart, "part of the day" { Morning = "MO", Midday = "MI", Afternoon = "AF", Evening = "EV", Night = "NI", Daytime = "DT" }
}

words! {
    /// How finely a place is known.
    #[expect(missing_docs, reason = "the words say it")]
    Precision, "place precision" { Point = "point", Town = "town", Admin = "admin", Country = "country", Region = "region" }
}

words! {
    /// How a number bounds the quantity it stands for.
    #[expect(missing_docs, reason = "the words say it")]
    Comparison, "comparison" { Exactly = "exactly", About = "about", AtLeast = "at_least", AtMost = "at_most", Between = "between" }
}

words! {
    /// What a number counts or measures.
    #[expect(missing_docs, reason = "the words say it")]
    Counted, "counted thing" {
        Killed = "killed", Wounded = "wounded", Detained = "detained", Displaced = "displaced", Missing = "missing",
        Soldiers = "soldiers", Police = "police", Fighters = "fighters", Civilians = "civilians", People = "people",
        Protesters = "protesters", Aircraft = "aircraft", Ships = "ships", Vehicles = "vehicles", Weapons = "weapons",
        Money = "money", Aid = "aid", Distance = "distance", Area = "area", Duration = "duration", Percent = "percent",
        Votes = "votes", Buildings = "buildings", Events = "events", Other = "other",
    }
}

words! {
    /// Whether the holder of a role holds it.
    #[expect(missing_docs, reason = "the words say it")]
    Standing, "standing" { Former = "former", Acting = "acting", Late = "late", Elect = "elect", SelfStyled = "self-styled" }
}

words! {
    /// What an actor's country and sector rest on.
    CodeBasis, "basis of a code" {
        /// The words of the report, or what the tables know of the name.
        Stated = "stated",
        /// Where the report plays: the country was not said of this actor.
        Context = "context",
    }
}

words! {
    /// What makes an entity the same in every report.
    IdentityBasis, "basis of an identity" {
        /// The tables know the name.
        Table = "table",
        /// A kind of institution of a country: the Iraqi foreign ministry.
        Institution = "institution",
        /// The full name, whatever its transliteration.
        Name = "name",
    }
}
