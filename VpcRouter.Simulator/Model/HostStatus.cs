namespace VpcRouter.Simulator.Model;

/// <summary>What EC2's status checks say of a running instance. An instance that is started again is <see cref="Ok"/>.</summary>
public enum HostStatus
{
    /// <summary>Both status checks are passed and no event is scheduled.</summary>
    Ok,

    /// <summary>Both status checks fail; the host itself goes on as it is.</summary>
    Impaired,

    /// <summary>The checks are passed, but the instance's retirement (<c>instance-retirement</c>) is scheduled.</summary>
    Retiring,

    /// <summary>Both checks are not through yet, as in the minutes after a start.</summary>
    Initializing,
}
