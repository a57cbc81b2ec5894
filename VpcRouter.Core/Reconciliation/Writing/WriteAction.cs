namespace VpcRouter.Reconciliation.Writing;

/// <summary>The API actions that change routes. EC2 throttles each on its own.</summary>
internal enum WriteAction
{
    /// <summary><c>ReplaceRoute</c>: failovers and repairs.</summary>
    ReplaceRoute,

    /// <summary><c>CreateRoute</c>: missing routes.</summary>
    CreateRoute,

    /// <summary><c>DeleteRoute</c>: routes that the spec doesn't name any more.</summary>
    DeleteRoute,
}
