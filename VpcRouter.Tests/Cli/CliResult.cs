namespace VpcRouter.Tests.Cli;

/// <summary>How a run of vpcrouter ended.</summary>
internal sealed record CliResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);
