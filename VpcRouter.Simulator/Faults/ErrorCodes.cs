namespace VpcRouter.Simulator.Faults;

/// <summary>HTTP status and message of the error codes that any call may meet.</summary>
internal static class ErrorCodes
{
    public const string Throttled = "RequestLimitExceeded";

    private static readonly Dictionary<string, (int Status, string Message)> Known = new(StringComparer.Ordinal)
    {
        [Throttled] = (503, "Request limit exceeded."),
        ["InternalError"] = (500, "An internal error has occurred"),
        ["InternalFailure"] = (500, "The request processing has failed because of an unknown error, exception or failure."),
        ["Unavailable"] = (503, "The service is unavailable. Please try again shortly."),
        ["ServiceUnavailable"] = (503, "The request has failed due to a temporary failure of the server."),
        ["RequestExpired"] = (400, "Request has expired."),
        ["ExpiredToken"] = (400, "The security token included in the request is expired"),
        ["AuthFailure"] = (401, "AWS was not able to validate the provided access credentials"),
        ["InvalidClientTokenId"] = (403, "The security token included in the request is invalid."),
        ["UnauthorizedOperation"] = (403, "You are not authorized to perform this operation."),
        ["OperationNotPermitted"] = (400, "Your account does not allow this operation."),
    };

    public static int StatusOf(string code) => Known.TryGetValue(code, out var known) ? known.Status : 400;

    public static string MessageOf(string code) => Known.TryGetValue(code, out var known) ? known.Message : $"{code} (simulated)";

    /// <summary>The answer of an action whose token bucket is empty.</summary>
    public static Failure Throttling { get; } = Refusal(Throttled);

    /// <summary>The answer of a caller who lacks a permission.</summary>
    public static Failure Denied { get; } = Refusal("UnauthorizedOperation");

    /// <summary>A call turned away with EC2's own status and message.</summary>
    public static Failure Refusal(string code) => new(FailureKind.Error, code, StatusOf(code), MessageOf(code), CarriedOut: false);
}
