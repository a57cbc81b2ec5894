using VpcRouter.Simulator.Documents;

namespace VpcRouter.Simulator.Faults;

/// <summary>Reads how calls fail.</summary>
internal static class FailureReader
{
    public static readonly string[] Properties = ["answer", "code", "status", "message", "carriedOut"];

    private static readonly string[] ErrorProperties = ["code", "status", "message"];

    public static Failure Read(JsonCursor cursor)
    {
        var carriedOut = cursor.Flag("carriedOut", false);
        switch (cursor.Has("answer") ? cursor.Text("answer") : "error")
        {
            case "error":
                return ReadError(cursor, carriedOut);
            case "reset":
                return Lost(cursor, FailureKind.Reset, Failure.ResetResult, carriedOut);
            case "none":
                return Lost(cursor, FailureKind.None, Failure.NoneResult, carriedOut);
            case { } other:
                cursor.Refuse("answer", $"'{other}' is no answer", "use error, reset or none");
                break;
        }

        return ErrorCodes.Throttling;
    }

    private static Failure ReadError(JsonCursor cursor, bool carriedOut)
    {
        var code = cursor.RequiredText("code", "InternalError");
        if (code?.Length == 0)
            cursor.Refuse("code", "empty", "use for example InternalError");
        code ??= "";
        return new Failure(FailureKind.Error, code, cursor.Number("status", ErrorCodes.StatusOf(code), 400, 599),
            cursor.Text("message") ?? ErrorCodes.MessageOf(code), carriedOut);
    }

    private static Failure Lost(JsonCursor cursor, FailureKind kind, string result, bool carriedOut)
    {
        foreach (var name in ErrorProperties.Where(cursor.Has))
            cursor.Refuse(name, "an answer that doesn't come has none", "leave it out, or use \"answer\": \"error\"");
        return new Failure(kind, result, 0, "", carriedOut);
    }
}
