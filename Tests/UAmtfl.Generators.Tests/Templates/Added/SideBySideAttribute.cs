using System;

namespace UAmtfl.Methods;

/// <summary>Gives each task a trunk of its own, side by side with those of the other tasks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SideBySideAttribute : Attribute;
