using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>What the user gave, before anything is parsed: only from it is it known which plugins there are, and so which flags. Not thread-safe.</summary>
/// <param name="args">The arguments, in kebab-case.</param>
/// <param name="environment">Gives an environment variable's value.</param>
internal sealed class GivenSettings(IReadOnlyList<string> args, Func<string, string?> environment)
{
    public const string ConfigFlag = "--config";

    private IReadOnlyDictionary<string, string>? _file;

    public IReadOnlyList<string> Args { get; } = args;

    /// <summary>The file named by <c>--config</c>.</summary>
    public string? ConfigPath => Args.Select((arg, index) => arg == ConfigFlag ? Args.ElementAtOrDefault(index + 1)
            : arg.StartsWith(ConfigFlag + "=", StringComparison.Ordinal) || arg.StartsWith(ConfigFlag + ":", StringComparison.Ordinal) ? arg[(ConfigFlag.Length + 1)..]
            : null)
        .OfType<string>().LastOrDefault() ?? environment("VPCROUTER_CONFIG");

    /// <summary>The raw texts in that file, by name.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public IReadOnlyDictionary<string, string> File => _file ??= ConfigPath is { } path ? ConfigFile.Read(path) : new Dictionary<string, string>();

    public string? Variable(string name) => environment(name);

    /// <summary>The raw text of a setting, wherever it was given.</summary>
    public string? Find(SettingDescriptor setting) => Arguments.Find(Args, setting) ?? Unflagged(setting);

    /// <summary>The raw text of a setting from the environment or the file.</summary>
    public string? Unflagged(SettingDescriptor setting) => environment(setting.EnvironmentVariable) ?? File.GetValueOrDefault(setting.Name);
}
