namespace VpcRouter.AspNetCore.Routes;

/// <summary>How a route is, in the words of the pages; the worse comes later.</summary>
internal enum RouteCondition
{
    /// <summary>Not in the spec, and left alone.</summary>
    Foreign,

    /// <summary>In the spec, but in no managed table: its hosts are nowhere, or a setting excludes it.</summary>
    Absent,

    /// <summary>As the spec wants it.</summary>
    Ok,

    /// <summary>About to be changed.</summary>
    Pending,

    /// <summary>No host is usable: left as it is, or at its fallback.</summary>
    NoRouter,

    /// <summary>EC2 refused the change that it needs; it will be tried again.</summary>
    Error,
}
