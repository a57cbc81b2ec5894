using System.Reflection;
using System.Runtime.Versioning;

namespace VpcRouter.Plugins.Loading;

/// <summary>Loads one plugin folder, after everything that can be checked without running any of its code.</summary>
internal sealed class PluginLoader(PluginFolder folder, string mainAssembly, PluginManifest manifest)
{
    private static readonly AssemblyName Core = typeof(PluginLoader).Assembly.GetName();

    private string Subject => $"Plugin \"{manifest.Plugins.Select(plugin => plugin.Name).FirstOrDefault() ?? folder.Name}\" in {mainAssembly}";

    private string Skew => $"it was built for VpcRouter.Core {VersionText.Of(manifest.BuiltAgainst)}, and this is VpcRouter.Core {VersionText.Of(Core.Version)}";

    /// <summary>Loads it.</summary>
    /// <exception cref="PluginException">It can't be; one line says why.</exception>
    public IReadOnlyList<PluginDescriptor> Load()
    {
        try
        {
            CheckSafety();
            CheckFramework();
            CheckDeclarations();
            var context = new PluginLoadContext(mainAssembly);
            CheckDependencies(context);
            var assembly = context.LoadMain();
            if (ContractCheck.FindMissing(assembly, mainAssembly) is { } missing)
                throw new PluginException($"{Subject} uses what isn't here: {missing.ReplaceLineEndings(" ").TrimEnd('.')}; {Skew}.");
            IReadOnlyList<PluginDescriptor> plugins = [.. assembly.GetCustomAttributes<VpcRouterPluginAttribute>().Select(declaration => new PluginDescriptor(declaration, manifest.Version, folder.Location))];
            if (plugins.GroupBy(plugin => (plugin.Kind, plugin.Name.ToUpperInvariant())).FirstOrDefault(group => group.Count() > 1) is { } same)
                throw new PluginException($"{Subject} declares \"{same.First().Name}\" twice: {string.Join(" and ", same.Select(plugin => plugin.PluginType))}; its author must give each its own name.");
            return plugins;
        }
        catch (Exception e) when (e is not PluginException)
        {
            throw new PluginException($"{Subject} can't be loaded: {OneLine.Of(e).TrimEnd('.')}; {Skew}.", e);
        }
    }

    private void CheckSafety()
    {
        if (FolderSafety.FindOpen(folder.Location) is { } open)
            throw new PluginException($"{Subject} is not loaded because everybody can write to {open}, and so could run code as this user; take that right away (chmod o-w).");
    }

    private void CheckFramework()
    {
        if (manifest.TargetFramework is not { } target)
            return;
        var framework = new FrameworkName(target);
        if (framework.Identifier == ".NETCoreApp" && framework.Version.Major > Environment.Version.Major)
            throw new PluginException($"{Subject} was built for .NET {framework.Version}, and this runs on .NET {Environment.Version.ToString(2)}; take a plugin built for that, or a newer VpcRouter.");
        if (framework.Identifier == ".NETFramework")
            throw new PluginException($"{Subject} was built for .NET Framework {framework.Version}, which can't run here; take a plugin built for .NET {Environment.Version.ToString(2)}.");
    }

    private void CheckDeclarations()
    {
        if (manifest.Plugins.Count == 0)
            throw new PluginException($"{Subject} declares no plugin: the assembly has no [assembly: VpcRouterPlugin(…)]; {(manifest.BuiltAgainst is null ? "it doesn't even refer to VpcRouter.Core" : "its author must add one")}.");
        foreach (var plugin in manifest.Plugins)
        {
            if (plugin.ApiVersion != PluginApi.Version)
                throw new PluginException($"{Subject} was built for plugin API {plugin.ApiVersion?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "of no version"}, and here is plugin API {PluginApi.Version}; {Skew}: take a {(plugin.ApiVersion > PluginApi.Version ? "newer VpcRouter" : "newer version of the plugin")}.");
            if (!plugin.Name.Contains('.', StringComparison.Ordinal))
                throw new PluginException($"{Subject} declares \"{plugin.Name}\", but names without a dot are those of built-in plugins; its author must name it like Acme.{plugin.Name}.");
        }
    }

    // What its own libraries ask for in turn may be needed or not; what the plugin itself refers to is.
    private void CheckDependencies(PluginLoadContext context)
    {
        if (manifest.References.FirstOrDefault(reference => !context.CanFind(reference)) is { } missing)
            throw new PluginException($"{Subject} needs the assembly {missing.Name} {VersionText.Of(missing.Version)}, which is neither in {folder.Location} nor part of this program; install the plugin with its dependencies (vpcrouter plugins add, or dotnet publish).");
    }
}
