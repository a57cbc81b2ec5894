namespace VpcRouter.Vpc;

/// <summary>What one of the cloud's own checks says of an instance.</summary>
public enum StatusCheck
{
    /// <summary>The instance isn't checked in its present state, or the answer is one that this version doesn't know.</summary>
    NotApplicable,

    /// <summary>Passed.</summary>
    Ok,

    /// <summary>Failed.</summary>
    Impaired,

    /// <summary>Not through yet, as in the minutes after a start.</summary>
    Initializing,

    /// <summary>The check lacks data to say.</summary>
    InsufficientData,
}
