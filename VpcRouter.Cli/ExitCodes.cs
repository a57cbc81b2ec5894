namespace VpcRouter.Cli;

/// <summary>What the process's exit code means.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int ChangesPending = 3;
}
