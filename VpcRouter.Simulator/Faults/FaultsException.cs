namespace VpcRouter.Simulator.Faults;

/// <summary>Faults were refused. Carries every error found, each with its JSON path, the problem and the remedy.</summary>
public sealed class FaultsException : Exception
{
    internal FaultsException(string source, IReadOnlyList<string> errors)
        : base($"The faults {source} have {errors.Count} error{(errors.Count == 1 ? "" : "s")}:"
            + string.Concat(errors.Select(e => "\n  " + e))) =>
        Errors = errors;

    /// <summary>Every error, in the order of the document's sections.</summary>
    public IReadOnlyList<string> Errors { get; }
}
