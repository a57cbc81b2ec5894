namespace VpcRouter.Monitors.Probing;

/// <summary>When a host is to be probed again.</summary>
internal enum NextProbe
{
    /// <summary>After the interval.</summary>
    AfterInterval,

    /// <summary>At once: it is a suspect.</summary>
    AtOnce,

    /// <summary>After the interval, but at most a second: nothing is known of it yet, and a report may wait for it.</summary>
    Soon,
}
