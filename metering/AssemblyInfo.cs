using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sluice.Engine.Tests")]
[assembly: InternalsVisibleTo("Sluice.Metering.Tests")]
[assembly: InternalsVisibleTo("Sluice.Simulation.Tests")]
