using McMaster.Extensions.CommandLineUtils;
using VpcRouter.AspNetCore;
using VpcRouter.Hosting;
using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>The settings that a command knows, as flags on it, and their values from flag, environment and file, in this order of precedence.</summary>
internal sealed class SettingSet
{
    /// <summary>The variable that holds the token. No setting: as a flag it would stand in the process list, and in the file among what is shown around.</summary>
    public const string TokenVariable = "VPCROUTER_TOKEN";

    private const string TokenName = "token";
    private readonly PluginCatalog _catalog;
    private readonly GivenSettings _given;
    private readonly List<SettingDescriptor> _settings;
    private readonly Dictionary<string, CommandOption> _flags = [];

    public SettingSet(PluginCatalog catalog, GivenSettings given)
    {
        _catalog = catalog;
        _given = given;
        Choice = PluginChoice.Find(catalog, given.Find);
        OwnFlags.RefuseClash(OwnSettings, Choice.Plugins);
        _settings = [.. OwnSettings, .. PluginCatalog.SettingsOf(Choice.Plugins)];
        RefuseUnknown(given.File.Keys.Select(name => (name, $"\"{name}\" in {given.ConfigPath}")));
    }

    /// <summary>Those that the tool knows whatever plugins are chosen.</summary>
    public static IReadOnlyList<SettingDescriptor> OwnSettings =>
    [
        .. SettingDescriptor.Of(typeof(GeneralSettings)),
        .. SettingDescriptor.Of(typeof(VpcRouterHttpOptions)),
        .. SettingDescriptor.Of(typeof(TlsSettings)),
        .. SettingDescriptor.Of(typeof(VpcRouterOptions)),
    ];

    public PluginChoice Choice { get; }

    /// <summary>Adds the flags to a command; its help shows those that it has use for.</summary>
    public void AddFlags(CommandLineApplication command, CommandScope scope)
    {
        command.Option(GivenSettings.ConfigFlag + " <FILE>", "JSON file with settings by name; flags and environment variables go before it", CommandOptionType.SingleValue);
        foreach (var setting in _settings)
        {
            var template = (setting.ShortName is { } letter ? $"-{letter}|" : "") + "--" + setting.Name;
            var flag = setting.IsSwitch
                ? command.Option(template, setting.Description, CommandOptionType.SingleOrNoValue)
                : command.Option($"{template} <{setting.ValueName}>", DescriptionOf(setting), setting.Name == PluginDirectories.Setting.Name ? CommandOptionType.MultipleValue : CommandOptionType.SingleValue);
            flag.ShowInHelpText = scope.Shows(setting);
            _flags[setting.Name] = flag;
        }
    }

    /// <summary>Says what is wrong with flags that the command doesn't know: perhaps they belong to a plugin that isn't used.</summary>
    public void RefuseUnknownFlags() =>
        RefuseUnknown(_given.Args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Length > 2)
            .Select(arg => arg[2..].Split('=', ':')[0])
            .Where(name => name == TokenName || _catalog.Plugins.Any(plugin => plugin.Settings.Any(setting => setting.Name == name)))
            .Select(name => (name, "--" + name)));

    /// <summary>Binds and validates everything, once the command line has been parsed.</summary>
    /// <exception cref="UsageException">Something is wrong; carries a line for each fault.</exception>
    public RouterSettings Bind()
    {
        var values = new Dictionary<string, string>();
        foreach (var setting in _settings)
        {
            if ((ParsedValue(setting) ?? _given.Unflagged(setting)) is { } value)
                values[setting.Name] = value;
        }

        if (values.Where(value => value.Value.Length == 0).Select(value => $"--{value.Key} \"\" is empty; give a value, or leave it out").ToList() is { Count: > 0 } empty)
            throw new UsageException(empty);
        var errors = new List<SettingError>();
        var general = (GeneralSettings)SettingsBinder.Bind(typeof(GeneralSettings), values, errors);
        var http = (VpcRouterHttpOptions)SettingsBinder.Bind(typeof(VpcRouterHttpOptions), values, errors);
        http.Token = _given.Variable(TokenVariable);
        var tls = (TlsSettings)SettingsBinder.Bind(typeof(TlsSettings), values, errors);
        var router = (VpcRouterOptions)SettingsBinder.Bind(typeof(VpcRouterOptions), values, errors);
        foreach (var plugin in Choice.Plugins.Where(plugin => plugin.SettingsType is not null).DistinctBy(plugin => plugin.SettingsType))
            Bind(plugin, values, errors);
        return errors.Count == 0
            ? new RouterSettings(general, router, values, _catalog) { Http = http, Tls = tls }
            : throw new UsageException([.. errors.Select(error => error.ToString()).Distinct()]);
    }

    // The checks are the plugin's own code, or the framework's for a property of another type.
    private static void Bind(PluginDescriptor plugin, Dictionary<string, string> values, List<SettingError> errors)
    {
        try
        {
            SettingsBinder.Bind(plugin.SettingsType!, values, errors);
        }
        catch (Exception e)
        {
            throw new PluginException($"Plugin {plugin.Label} can't check its settings: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string DescriptionOf(SettingDescriptor setting)
    {
        var shown = setting.Default is TimeSpan duration ? duration.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) : setting.Default?.ToString();
        return string.IsNullOrEmpty(shown) ? setting.Description : $"{setting.Description} [{shown}]";
    }

    private string? ParsedValue(SettingDescriptor setting) =>
        _flags.GetValueOrDefault(setting.Name) is not { } flag || !flag.HasValue() ? null
        : setting.IsSwitch ? flag.Value() ?? "true"
        : flag.OptionType == CommandOptionType.MultipleValue ? string.Join(Path.PathSeparator, flag.Values)
        : flag.Value();

    private void RefuseUnknown(IEnumerable<(string Name, string Shown)> given)
    {
        var lines = given.Where(item => _settings.TrueForAll(setting => setting.Name != item.Name)).Select(item =>
        {
            var owners = _catalog.Plugins.Where(plugin => plugin.Settings.Any(setting => setting.Name == item.Name)).ToList();
            if (item.Name == TokenName)
                return $"{item.Shown} would show the token to everybody; give --token-file, or {TokenVariable} in the environment";
            return owners.Count == 0
                ? $"{item.Shown} is not a setting; see --help"
                : $"{item.Shown} belongs to {string.Join(" and ", owners.Select(owner => $"the {owner.Kind.ToString().ToLowerInvariant()} {owner.Name}"))}, which is not in use; add {string.Join(" or ", owners.Select(SelectionOf))}, or leave it out";
        }).ToList();
        if (lines.Count > 0)
            throw new UsageException(lines);
    }

    private static string SelectionOf(PluginDescriptor plugin) => plugin.Kind == PluginKind.Watcher ? $"-m {plugin.Name}" : $"-H {plugin.Name}";
}
