namespace Sluice.Silo.Cluster;

/// <summary>A configured port is in use; the message names the setting.</summary>
internal sealed class PortInUseException(string message, Exception inner) : Exception(message, inner);
