namespace VpcRouter.Simulator.Faults;

/// <summary>How a call fails.</summary>
/// <param name="Kind">What the caller sees.</param>
/// <param name="Code">The error code, also in the log of calls.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What the error says.</param>
/// <param name="CarriedOut">Whether the call is carried out and only its answer spoiled.</param>
internal sealed record Failure(FailureKind Kind, string Code, int Status, string Message, bool CarriedOut)
{
    /// <summary>How the log of calls names a reset connection.</summary>
    public const string ResetResult = "ConnectionReset";

    /// <summary>How the log of calls names an answer that never came.</summary>
    public const string NoneResult = "NoAnswer";
}
