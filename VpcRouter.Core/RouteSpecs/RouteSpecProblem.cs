namespace VpcRouter.RouteSpecs;

/// <summary>Something in a route spec document that is wrong (an error) or was put right (a warning).</summary>
/// <param name="Path">Where: a JSON path such as <c>$['10.0.0.0/8'][1]</c>, or a line and byte for a document that is no JSON.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
public sealed record RouteSpecProblem(string Path, string Message)
{
    /// <summary>The one line to show.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
