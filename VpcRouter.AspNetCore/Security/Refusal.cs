namespace VpcRouter.AspNetCore.Security;

/// <summary>A request turned away. Immutable.</summary>
/// <param name="Kind">Why, as a class.</param>
/// <param name="StatusCode">What to answer.</param>
/// <param name="Message">Why and how to mend it, for the client; holds nothing that the client sent.</param>
internal sealed record Refusal(RefusalKind Kind, int StatusCode, string Message);
