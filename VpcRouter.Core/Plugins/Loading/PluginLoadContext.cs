using System.Reflection;
using System.Runtime.Loader;

namespace VpcRouter.Plugins.Loading;

/// <summary>
/// Where a plugin's assemblies live. What the contract with the host may mention is the host's, whatever version the plugin asks for or
/// brings along; everything else is the plugin's own, so that two plugins, or a plugin and the host, may use different versions of a library.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _mainAssembly;

    /// <summary>Makes the context; nothing is loaded yet.</summary>
    /// <exception cref="InvalidOperationException">The plugin's <c>.deps.json</c> can't be used.</exception>
    public PluginLoadContext(string mainAssembly)
        : base(Path.GetFileNameWithoutExtension(mainAssembly))
    {
        _mainAssembly = mainAssembly;
        _resolver = new AssemblyDependencyResolver(mainAssembly);
    }

    public Assembly LoadMain() => LoadFromAssemblyPath(_mainAssembly);

    /// <summary>Whether an assembly could be loaded if the plugin asked for it.</summary>
    public bool CanFind(AssemblyName name) => Shared(name) is not null || PathOf(name) is not null || SharedAssemblies.Find(name) is not null;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Shared(assemblyName) ?? (PathOf(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null);

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;

    private static Assembly? Shared(AssemblyName name) =>
        SharedAssemblies.IsOfTheContract(name.Name) ? SharedAssemblies.Find(new AssemblyName(name.Name!)) : null;

    // A folder without .deps.json is searched by name alone, and a .deps.json may list what somebody has deleted.
    private string? PathOf(AssemblyName name) => _resolver.ResolveAssemblyToPath(name) is { } path && File.Exists(path) ? path : null;
}
