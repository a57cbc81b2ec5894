namespace VpcRouter.Tests.ModelCheck;

/// <summary>What can go wrong between the router and EC2.</summary>
internal enum FaultKind
{
    Throttled,
    ServerError,

    /// <summary>No answer comes, and the write has no effect.</summary>
    TimeOutWithoutEffect,

    /// <summary>No answer comes, but the write has taken effect.</summary>
    TimeOutWithEffect,
    ExpiredCredentials,
    RouteLimitExceeded,

    /// <summary>EC2 knows nothing of the VPC: looks only.</summary>
    VpcNotFound,

    /// <summary>A look fails after its first pages have come.</summary>
    PartialLook,

    /// <summary>Answers come late.</summary>
    Slow,

    /// <summary>A look shows tables and interfaces as they were some seconds before, each at a moment of its own.</summary>
    StaleLook,

    /// <summary>Somebody else creates the route while our create is on its way.</summary>
    CreateRace,

    /// <summary>Somebody else deletes the route while our replace or delete is on its way.</summary>
    DeleteRace,
}
