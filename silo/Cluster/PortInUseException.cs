namespace Sluice.Silo.Cluster;

/// <summary>A port that the settings name is taken; the message names the setting.</summary>
internal sealed class PortInUseException(string message, Exception inner) : Exception(message, inner);
