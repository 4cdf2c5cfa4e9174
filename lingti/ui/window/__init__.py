"""What every page stands in: who looks, the menu, the title, the filters; and the first visit."""
