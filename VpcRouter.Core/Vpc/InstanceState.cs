namespace VpcRouter.Vpc;

/// <summary>The state of an instance, in EC2's words.</summary>
public enum InstanceState
{
    /// <summary>One that this version doesn't know.</summary>
    Unknown,

    /// <summary>About to run.</summary>
    Pending,

    /// <summary>Running, which doesn't mean that its software works.</summary>
    Running,

    /// <summary>About to be stopped; its routes stay active though no packet may get through.</summary>
    Stopping,

    /// <summary>Stopped.</summary>
    Stopped,

    /// <summary>About to be terminated.</summary>
    ShuttingDown,

    /// <summary>Gone; EC2 shows it for about an hour.</summary>
    Terminated,
}
