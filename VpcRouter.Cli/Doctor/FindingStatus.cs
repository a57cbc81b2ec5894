namespace VpcRouter.Cli.Doctor;

/// <summary>How something that was checked is.</summary>
internal enum FindingStatus
{
    Ok,

    /// <summary>It works, but not under all circumstances, or couldn't be found out.</summary>
    Warning,

    /// <summary>The router can't do its work until it is mended.</summary>
    Failed,

    /// <summary>There is nothing to check, or what it rests on has failed already.</summary>
    NotApplicable,
}
