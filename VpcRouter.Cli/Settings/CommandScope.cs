using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>
/// Which settings a command has use for: those it shows in its help. The others it takes all the same and passes over, so that the
/// command line of a service can be tried as it is.
/// </summary>
internal sealed class CommandScope
{
    private static readonly string[] OfTheService = ["address", "port", "insecure", "token-file", "token-for-reads", "allowed-hosts", "tls-cert", "tls-key", "tls-client-ca", "logfile", "route-recheck-interval", "dry-run"];
    private readonly Func<string, bool> _shows;

    private CommandScope(Func<string, bool> shows) => _shows = shows;

    /// <summary>The service: everything.</summary>
    public static CommandScope Service { get; } = new(_ => true);

    /// <summary>A command that reads spec, health and VPC once, and writes nothing.</summary>
    public static CommandScope Reading { get; } = AllBut([.. OfTheService, "write-burst", "write-rate", "write-concurrency", "journal", "journal-size", "journal-files"]);

    /// <summary>A command that writes once.</summary>
    public static CommandScope Writing { get; } = AllBut([.. OfTheService]);

    /// <summary>The preflight: what it checks, and what leads to the VPC.</summary>
    public static CommandScope Preflight { get; } = new(name =>
        name is not ("insecure" or "token-for-reads" or "allowed-hosts" or "logfile" or "dry-run" or "allow-empty-spec" or "fall" or "rise" or "write-burst" or "write-rate" or "write-concurrency"
            or "max-deletes" or "panic-threshold" or "panic-window" or "journal-size" or "journal-files")
        && !name.EndsWith("-interval", StringComparison.Ordinal) && !name.EndsWith("-timeout", StringComparison.Ordinal));

    /// <summary>A command that asks nobody and only needs to know where.</summary>
    public static CommandScope Place { get; } = new(name => name is "region" or "vpc");

    public bool Shows(SettingDescriptor setting) => _shows(setting.Name);

    private static CommandScope AllBut(params string[] hidden) => new(name => !hidden.Contains(name));
}
