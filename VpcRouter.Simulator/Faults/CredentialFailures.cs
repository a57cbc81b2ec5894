using VpcRouter.Simulator.Documents;

namespace VpcRouter.Simulator.Faults;

/// <summary>What EC2 answers to credentials that are no good, whatever the call asks for.</summary>
internal static class CredentialFailures
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        // What a session's end looks like to a client that goes on signing with it.
        ["expired"] = "RequestExpired",
        ["expiredToken"] = "ExpiredToken",
        ["invalid"] = "AuthFailure",
    };

    public static Failure Read(JsonCursor cursor)
    {
        var state = cursor.RequiredText("state", "expired") ?? "expired";
        if (Codes.TryGetValue(state, out var code))
            return ErrorCodes.Refusal(code);
        cursor.Refuse("state", $"'{state}' is no state of credentials", $"use one of {string.Join(", ", Codes.Keys)}");
        return ErrorCodes.Refusal("RequestExpired");
    }
}
