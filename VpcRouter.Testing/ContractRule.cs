namespace VpcRouter.Testing;

/// <summary>What hosts rely on in a plugin.</summary>
public enum ContractRule
{
    /// <summary>Every property of the settings class that can be set is declared and described, and no flag is one of the host's.</summary>
    SettingsDeclared,

    /// <summary>Bad values are refused by a <see cref="Settings.SettingsException"/> that names the setting.</summary>
    SettingsValidated,

    /// <summary>It delivers: a watcher a spec, a monitor a report once it knows its hosts, even when nobody has failed.</summary>
    Delivers,

    /// <summary>It goes on until it is stopped. A watcher may end when there will be no other spec.</summary>
    KeepsRunning,

    /// <summary>It ends within 5 s of its cancellation, at any moment, also when it was cancelled before it began.</summary>
    StopsWhenTold,

    /// <summary>Told to stop, it returns or lets the cancellation surface; it fails in no other way.</summary>
    StopsQuietly,

    /// <summary>Once it has returned, nothing is written any more.</summary>
    SilentAfterEnd,

    /// <summary>Disposing twice, or without having run, is harmless.</summary>
    DisposesTwice,

    /// <summary>What it says is the full state, never a delta, also after a restart.</summary>
    FullState,

    /// <summary>After a stop a new instance works.</summary>
    Restarts,

    /// <summary>Two instances in one process don't disturb each other.</summary>
    RunsTwice,

    /// <summary>A monitor reports only hosts that it was given, and not for long those that a newer list lacks.</summary>
    KnownHostsOnly,

    /// <summary>A monitor survives an empty list of hosts.</summary>
    SurvivesEmptyHostList,
}
