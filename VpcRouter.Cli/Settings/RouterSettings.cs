using VpcRouter.AspNetCore;
using VpcRouter.Hosting;
using VpcRouter.Plugins;

namespace VpcRouter.Cli.Settings;

/// <summary>Everything that a command which runs the router was told. Immutable once made.</summary>
/// <param name="General">The tool's own settings.</param>
/// <param name="Router">The router's settings.</param>
/// <param name="PluginValues">The raw texts for the plugins.</param>
/// <param name="Catalog">The plugins that there are.</param>
internal sealed record RouterSettings(
    GeneralSettings General,
    VpcRouterOptions Router,
    IReadOnlyDictionary<string, string> PluginValues,
    PluginCatalog Catalog)
{
    /// <summary>Who may use the HTTP endpoints.</summary>
    public VpcRouterHttpOptions Http { get; init; } = new();

    /// <summary>How the HTTP server encrypts.</summary>
    public TlsSettings Tls { get; init; } = new();
}
