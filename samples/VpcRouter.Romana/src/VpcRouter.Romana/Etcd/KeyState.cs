namespace VpcRouter.Romana.Etcd;

/// <summary>What a key held at a revision of etcd.</summary>
/// <param name="Value">The value, or <see langword="null"/> when there is no such key.</param>
/// <param name="Revision">etcd's revision at which this was so.</param>
/// <param name="ModRevision">The revision that wrote the value; 0 when there is none.</param>
internal sealed record KeyState(ReadOnlyMemory<byte>? Value, long Revision, long ModRevision);
