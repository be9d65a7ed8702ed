namespace Sluice.Silo.Hosting;

/// <summary>A node can't use its data folder; the message says why and what to do.</summary>
internal sealed class NodeFolderException(string message, Exception? inner = null) : Exception(message, inner);
