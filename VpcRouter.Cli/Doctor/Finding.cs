namespace VpcRouter.Cli.Doctor;

/// <summary>What a check found. Immutable.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Message">What is so.</param>
/// <param name="Remedy">What mends it, in one line; <see langword="null"/> when nothing needs mending.</param>
internal sealed record Finding(FindingStatus Status, string Message, string? Remedy = null)
{
    public static Finding Ok(string message) => new(FindingStatus.Ok, message);

    public static Finding Warning(string message, string remedy) => new(FindingStatus.Warning, message, remedy);

    public static Finding Failed(string message, string remedy) => new(FindingStatus.Failed, message, remedy);

    public static Finding NotApplicable(string message) => new(FindingStatus.NotApplicable, message);
}
