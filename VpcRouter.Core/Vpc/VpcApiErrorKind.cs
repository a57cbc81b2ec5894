namespace VpcRouter.Vpc;

/// <summary>What a failure of the API means for what to do next.</summary>
public enum VpcApiErrorKind
{
    /// <summary>Refused for a reason of its own; the code says which.</summary>
    Refused,

    /// <summary>The route to be created exists with another target.</summary>
    RouteAlreadyExists,

    /// <summary>The route to be replaced or deleted may not exist.</summary>
    RouteNotFound,

    /// <summary>The route table is full.</summary>
    RouteLimitExceeded,

    /// <summary>Too many calls; try again later.</summary>
    Throttled,

    /// <summary>The credentials are missing, wrong or expired, or lack a permission.</summary>
    Unauthorized,

    /// <summary>The VPC doesn't exist, or not in this region.</summary>
    VpcNotFound,

    /// <summary>The endpoint can't be reached, answers late or with a server error.</summary>
    Unavailable,
}
