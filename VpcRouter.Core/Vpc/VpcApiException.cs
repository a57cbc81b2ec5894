namespace VpcRouter.Vpc;

/// <summary>A call to the VPC's API that failed.</summary>
public sealed class VpcApiException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">What it means for what to do next.</param>
    /// <param name="code">The API's own error code, for example <c>RequestLimitExceeded</c>.</param>
    /// <param name="message">What the API said.</param>
    /// <param name="innerException">The cause, if any.</param>
    public VpcApiException(VpcApiErrorKind kind, string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Code = code;
    }

    /// <summary>What it means for what to do next.</summary>
    public VpcApiErrorKind Kind { get; }

    /// <summary>The API's own error code.</summary>
    public string Code { get; }
}
