namespace VpcRouter.Simulator.Model;

/// <summary>A refusal as EC2 words it: an error code, a message and the HTTP status that goes with it.</summary>
internal sealed class Ec2Exception(string code, string message, int statusCode = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int StatusCode { get; } = statusCode;
}
