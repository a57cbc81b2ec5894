using System.Reflection;
using System.Runtime.Loader;

namespace VpcRouter.Plugins.Loading;

/// <summary>The host's assemblies, as far as plugins use them too.</summary>
internal static class SharedAssemblies
{
    // Whatever public signatures of VpcRouter.* mention lies in these; a test goes through the signatures. The AWS SDK doesn't: plugins
    // are given none of its types, so a plugin that uses it brings its own.
    private static readonly string[] Prefixes = ["VpcRouter.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "System."];
    private static readonly AssemblyLoadContext Host = AssemblyLoadContext.GetLoadContext(typeof(SharedAssemblies).Assembly)!;

    /// <summary>Whether an assembly of that name is the host's for every plugin, if the host has it.</summary>
    public static bool IsOfTheContract(string? name) =>
        name is "netstandard" or "mscorlib" or "System" or "Microsoft.CSharp" or "Microsoft.Net.Http.Headers" || (name is not null && Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The host's assembly, at least of the version given.</summary>
    public static Assembly? Find(AssemblyName name)
    {
        try
        {
            return Host.LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
