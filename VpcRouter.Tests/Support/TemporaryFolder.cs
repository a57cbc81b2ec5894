using System.Runtime.InteropServices;

namespace VpcRouter.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private readonly string _root;

    /// <param name="inMemory">For tests that have things synced to disk thousands of times and don't care for the disk: in memory, where the system has a folder for that.</param>
    public TemporaryFolder(bool inMemory = false) => _root = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"vpcrouter-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("vpcrouter-").FullName;

    public string this[string name] => Path.Combine(_root, name);

    /// <returns>The path.</returns>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Writes as careful programs do: beside the file, then over it by rename.</summary>
    public void Replace(string name, string content)
    {
        Write(name + ".new", content);
        File.Move(this[name + ".new"], this[name], overwrite: true);
    }

    /// <summary>Makes a link, in one step also where there is one.</summary>
    public void Link(string name, string target)
    {
        File.CreateSymbolicLink(this[name + "_tmp"], target);
        if (Rename(this[name + "_tmp"], this[name]) != 0)
            throw new IOException($"The link {name} can't be put in place: error {Marshal.GetLastPInvokeError()}.");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // The framework can't replace a link to a folder in one step, which is just what Kubernetes does.
    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
