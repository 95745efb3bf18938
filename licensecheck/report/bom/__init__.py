"""Bills of material: what a model is, where it comes from, which license it declares and which one was found."""
