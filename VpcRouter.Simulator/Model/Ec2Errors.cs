namespace VpcRouter.Simulator.Model;

/// <summary>The errors that more than one rule or action raises.</summary>
internal static class Ec2Errors
{
    public static Ec2Exception DryRun() =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);

    public static Ec2Exception Missing(string parameter) =>
        new("MissingParameter", $"The request must contain the parameter {parameter}");

    public static Ec2Exception InvalidValue(string parameter, string value, string reason) =>
        new("InvalidParameterValue", $"Value ({value}) for parameter {parameter} is invalid. {reason}");

    public static Ec2Exception Invalid(string message) => new("InvalidParameterValue", message);

    public static Ec2Exception Combination(string message) => new("InvalidParameterCombination", message);

    public static Ec2Exception NotFound(string code, string kind, string id) =>
        new($"{code}.NotFound", $"The {kind} ID '{id}' does not exist");
}
